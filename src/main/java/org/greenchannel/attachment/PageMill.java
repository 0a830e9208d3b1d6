package org.greenchannel.attachment;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSDocument;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObjectKey;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Draws pages of a PDF as pictures: whoever looks at them gets pixels and nothing of what else is in the file. A page that
 * takes too long or holds too large a picture is not drawn.
 */
@Component
class PageMill implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(PageMill.class);
    private static final int WORKERS = 2;
    private static final int WAITING = 40;
    private static final long PATIENCE_SECONDS = 10;

    /** Few hands, so that many large pages at once do not fill the memory; who does not get one in time goes without. */
    private final ExecutorService hands;

    PageMill() {
        var pool = new ThreadPoolExecutor(
                WORKERS, WORKERS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), work -> {
                    var thread = new Thread(work, "pdf-pages");
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        hands = pool;
    }

    /**
     * A page as JPEG.
     *
     * @param page from 1
     * @param size longest side in pixels
     * @return null when it cannot be drawn
     */
    byte @Nullable [] draw(byte[] pdf, int page, int size) {
        try {
            return hands.submit(() -> render(pdf, page, size)).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException | java.util.concurrent.RejectedExecutionException e) {
            LOG.info("A page of a PDF was not drawn: {}", e.getClass().getSimpleName());
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private static byte @Nullable [] render(byte[] pdf, int page, int size) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            if (page < 1 || page > document.getNumberOfPages() || tooLarge(document.getDocument())) {
                return null;
            }
            PDRectangle box = document.getPage(page - 1).getCropBox();
            float longest = Math.max(box.getWidth(), box.getHeight());
            if (!(longest > 0)) {
                return null;
            }
            var renderer = new PDFRenderer(document);
            renderer.setSubsamplingAllowed(true);
            BufferedImage image = renderer.renderImage(page - 1, size / longest, ImageType.RGB);
            return PictureMill.jpeg(image);
        }
    }

    /** Whether a picture inside is larger than one that could be added itself. */
    private static boolean tooLarge(COSDocument document) {
        for (COSObjectKey key : document.getXrefTable().keySet()) {
            if (document.getObjectFromPool(key).getObject() instanceof COSDictionary it
                    && COSName.IMAGE.equals(it.getCOSName(COSName.SUBTYPE))
                    && (long) it.getInt(COSName.WIDTH, 0) * it.getInt(COSName.HEIGHT, 0) > Attachments.MOST_PIXELS) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void destroy() {
        hands.shutdownNow();
    }
}
