package org.greenchannel.document;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDPageContentStream.AppendMode;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.util.Matrix;
import org.springframework.stereotype.Component;

/** Marks every copy that leaves the system at its edge, so that a leaked one tells whose it was. */
@Component
class CopyStamp {

    private static final float SIZE = 7f;
    private static final float FROM_EDGE = 18f;
    private static final float GREY = 0.45f;

    private final PaperFonts fonts;

    CopyStamp(PaperFonts fonts) {
        this.fonts = fonts;
    }

    byte[] mark(byte[] pdf, String text) {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            PDFont font = PDType0Font.load(document, fonts.sans());
            for (PDPage page : document.getPages()) {
                try (var content = new PDPageContentStream(document, page, AppendMode.APPEND, true, true)) {
                    content.setNonStrokingColor(GREY, GREY, GREY);
                    content.beginText();
                    content.setFont(font, SIZE);
                    // upwards along the left edge, outside of the text area
                    content.setTextMatrix(Matrix.getRotateInstance(
                            Math.PI / 2, FROM_EDGE, page.getMediaBox().getHeight() / 4));
                    content.showText(text);
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
