package org.greenchannel.attachment;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.greenchannel.kernel.FieldError;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Looks at the content, never at what the sender says it is: the first bytes name the type, then the whole file is read. */
@Component
class FileCheck {

    private static final int[] JPEG = {0xFF, 0xD8, 0xFF};
    private static final int[] PNG = {0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A};
    private static final int[] PDF = {'%', 'P', 'D', 'F', '-'};
    private static final int LONGEST_NAME = 120;

    /** A file that may be stored. */
    @SuppressWarnings("ArrayRecordComponent")
    record Checked(
            String mediaType,
            @Nullable Integer width,
            @Nullable Integer height,
            @Nullable Integer pages,
            byte @Nullable [] view,
            byte @Nullable [] thumbnail) {}

    private final PictureMill pictures;
    private final PageMill paper;

    FileCheck(PictureMill pictures, PageMill paper) {
        this.pictures = pictures;
        this.paper = paper;
    }

    Checked check(String fileName, byte[] content) {
        if (content.length == 0) {
            throw refused("attachment-empty");
        }
        if (content.length > Attachments.MOST_BYTES) {
            throw Problem.tooLarge("attachment-too-large", Attachments.MOST_BYTES / 1024 / 1024);
        }
        String type = type(content);
        if (type == null || !named(fileName, type)) {
            throw refused("attachment-type");
        }
        try {
            if (type.equals("application/pdf")) {
                int pages = PdfCheck.pages(content);
                return new Checked(type, null, null, pages, null, paper.draw(content, 1, PictureMill.THUMBNAIL));
            }
            PictureMill.Picture picture = pictures.grind(content);
            return new Checked(type, picture.width(), picture.height(), null, picture.view(), picture.thumbnail());
        } catch (IOException | RuntimeException e) {
            if (e instanceof Problem problem) {
                throw problem;
            }
            // decoders throw whatever they like at hostile bytes; all of it means that nobody could open the file
            throw refused("attachment-broken");
        }
    }

    /** The last part of the name without anything that could steer a screen or a file system. */
    static String clean(String fileName) {
        String last = fileName.substring(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
        String clean = last.replaceAll("[\\p{Cntrl}\\p{Cf}\"<>|:*?]", "").strip();
        if (clean.length() > LONGEST_NAME) {
            int dot = clean.lastIndexOf('.');
            String ending = dot < 0 || clean.length() - dot > 6 ? "" : clean.substring(dot);
            clean = clean.substring(0, LONGEST_NAME - ending.length()) + ending;
        }
        return clean;
    }

    static Problem refused(String type) {
        return Problem.invalid(type, List.of(new FieldError("/file", type, Text.same(""))));
    }

    private static boolean named(String fileName, String type) {
        String name = fileName.toLowerCase(Locale.ROOT);
        return switch (type) {
            case "image/jpeg" -> name.endsWith(".jpg") || name.endsWith(".jpeg");
            case "image/png" -> name.endsWith(".png");
            default -> name.endsWith(".pdf");
        };
    }

    private static @Nullable String type(byte[] content) {
        return starts(content, JPEG)
                ? "image/jpeg"
                : starts(content, PNG) ? "image/png" : starts(content, PDF) ? "application/pdf" : null;
    }

    private static boolean starts(byte[] content, int[] magic) {
        if (content.length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((content[i] & 0xFF) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
