package org.greenchannel.document;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.multipdf.PDFMergerUtility;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDPageContentStream.AppendMode;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.graphics.state.PDExtendedGraphicsState;
import org.apache.pdfbox.util.Matrix;
import org.springframework.stereotype.Component;

/** Works on finished pages: joins files, writes across pages. */
@Component
class PdfPages {

    private static final float SIZE = 110f;
    private static final float FAINT = 0.22f;

    private final PaperFonts fonts;

    PdfPages(PaperFonts fonts) {
        this.fonts = fonts;
    }

    /** One file of several, in their order. */
    byte[] join(List<byte[]> files) {
        if (files.size() == 1) {
            return files.get(0);
        }
        var out = new ByteArrayOutputStream();
        var merger = new PDFMergerUtility();
        files.forEach(file -> merger.addSource(new RandomAccessReadBuffer(file)));
        merger.setDestinationStream(out);
        try {
            merger.mergeDocuments(IOUtils.createMemoryOnlyStreamCache());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Writes the words large and faint across every page. */
    byte[] watermark(byte[] pdf, String words) {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            PDFont font = PDType0Font.load(document, fonts.sans());
            var faint = new PDExtendedGraphicsState();
            faint.setNonStrokingAlphaConstant(FAINT);
            float length = font.getStringWidth(words) / 1000 * SIZE;
            for (PDPage page : document.getPages()) {
                var box = page.getMediaBox();
                try (var content = new PDPageContentStream(document, page, AppendMode.APPEND, true, true)) {
                    content.setGraphicsStateParameters(faint);
                    content.setNonStrokingColor(0.7f, 0f, 0f);
                    content.beginText();
                    content.setFont(font, SIZE);
                    double half = length / 2 * Math.cos(Math.PI / 4);
                    content.setTextMatrix(Matrix.getRotateInstance(
                            Math.PI / 4, (float) (box.getWidth() / 2 - half), (float) (box.getHeight() / 2 - half)));
                    content.showText(words);
                    content.endText();
                }
            }
            var out = new ByteArrayOutputStream();
            document.save(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
