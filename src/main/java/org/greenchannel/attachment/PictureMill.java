package org.greenchannel.attachment;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.concurrent.Semaphore;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.greenchannel.kernel.Problem;
import org.springframework.stereotype.Component;

/** Draws pictures anew: what comes out holds pixels and nothing else, no place, no device, nothing hidden behind the end. */
@Component
class PictureMill {

    private static final int VIEW = 2000;
    static final int THUMBNAIL = 320;
    /** Wide enough to be read on paper and on the screen. */
    static final int PRINT = 1000;

    private static final float QUALITY = 0.85f;

    /** A picture drawn anew; sizes as people see it, turned upright. */
    @SuppressWarnings("ArrayRecordComponent")
    record Picture(int width, int height, byte[] view, byte[] thumbnail) {}

    /** A large picture takes some hundred megabytes while it is read: two at a time are enough. */
    private final Semaphore room = new Semaphore(2);

    Picture grind(byte[] content) throws IOException {
        room.acquireUninterruptibly();
        try {
            return read(content);
        } finally {
            room.release();
        }
    }

    /** A picture of ours, smaller. */
    byte[] shrink(byte[] jpeg, int most) throws IOException {
        room.acquireUninterruptibly();
        try {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(jpeg));
            return image == null || Math.max(image.getWidth(), image.getHeight()) <= most
                    ? jpeg
                    : jpeg(within(image, most));
        } finally {
            room.release();
        }
    }

    private static Picture read(byte[] content) throws IOException {
        try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw FileCheck.refused("attachment-broken");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                int width = reader.getWidth(0);
                int height = reader.getHeight(0);
                if ((long) width * height > Attachments.MOST_PIXELS) {
                    throw Problem.tooLarge("attachment-pixels", Attachments.MOST_PIXELS / 1_000_000);
                }
                var how = reader.getDefaultReadParam();
                // read coarsely what is shown small anyway
                int step = Math.max(1, Math.max(width, height) / (2 * VIEW));
                how.setSourceSubsampling(step, step, 0, 0);
                int turn = Exif.orientation(content);
                BufferedImage upright = upright(reader.read(0, how), turn);
                boolean lying = turn >= 5;
                BufferedImage view = within(upright, VIEW);
                return new Picture(
                        lying ? height : width, lying ? width : height, jpeg(view), jpeg(within(view, THUMBNAIL)));
            } finally {
                reader.dispose();
            }
        }
    }

    private static BufferedImage within(BufferedImage image, int most) {
        double scale = Math.min(1.0, (double) most / Math.max(image.getWidth(), image.getHeight()));
        int width = Math.max(1, (int) Math.round(image.getWidth() * scale));
        int height = Math.max(1, (int) Math.round(image.getHeight() * scale));
        return draw(
                image,
                width,
                height,
                AffineTransform.getScaleInstance(
                        (double) width / image.getWidth(), (double) height / image.getHeight()));
    }

    /** Orientation of EXIF, 1 to 8, as its specification lists them. */
    private static BufferedImage upright(BufferedImage image, int orientation) {
        if (orientation < 2) {
            return image;
        }
        int width = image.getWidth();
        int height = image.getHeight();
        AffineTransform turn =
                switch (orientation) {
                    case 2 -> new AffineTransform(-1, 0, 0, 1, width, 0);
                    case 3 -> new AffineTransform(-1, 0, 0, -1, width, height);
                    case 4 -> new AffineTransform(1, 0, 0, -1, 0, height);
                    case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
                    case 6 -> new AffineTransform(0, 1, -1, 0, height, 0);
                    case 7 -> new AffineTransform(0, -1, -1, 0, height, width);
                    default -> new AffineTransform(0, -1, 1, 0, 0, width);
                };
        return orientation >= 5 ? draw(image, height, width, turn) : draw(image, width, height, turn);
    }

    private static BufferedImage draw(BufferedImage image, int width, int height, AffineTransform how) {
        var drawn = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = drawn.createGraphics();
        pen.setColor(Color.WHITE); // behind what is transparent
        pen.fillRect(0, 0, width, height);
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        pen.drawImage(image, how, null);
        pen.dispose();
        return drawn;
    }

    static byte[] jpeg(BufferedImage image) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        var bytes = new ByteArrayOutputStream();
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionQuality(QUALITY);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), how);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
