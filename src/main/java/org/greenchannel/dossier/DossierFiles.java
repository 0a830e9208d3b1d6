package org.greenchannel.dossier;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.greenchannel.attachment.Attachment;
import org.greenchannel.attachment.Attachments;
import org.greenchannel.attachment.Rendition;
import org.greenchannel.kernel.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The attachments of a case in the print: all are listed with their digest; pictures are printed, of a PDF its first page.
 * The print stays handy: after {@value #MOST_PICTURES} pictures or {@value #MOST_BYTES} bytes of them the rest is listed only.
 */
@Component
class DossierFiles {

    private static final int MOST_PICTURES = 80;
    private static final int MOST_BYTES = 24 * 1024 * 1024;

    private final Attachments attachments;
    private final PrintWords words;

    DossierFiles(Attachments attachments, PrintWords words) {
        this.attachments = attachments;
        this.words = words;
    }

    /** A line of the list. @param picture data address of what is printed, or null */
    public record Filed(
            String nth,
            String title,
            String name,
            String at,
            String who,
            String sha256,
            String state,
            @Nullable String picture) {}

    /** Oldest first, numbered. */
    List<Filed> of(DossierPrint.Order order) {
        List<Attachment> all = new ArrayList<>(attachments.list(order.file().id(), order.viewer()));
        java.util.Collections.reverse(all);
        var filed = new ArrayList<Filed>();
        int pictures = 0;
        long bytes = 0;
        for (Attachment it : all) {
            boolean room = pictures < MOST_PICTURES && bytes < MOST_BYTES;
            byte[] picture = room && it.withdrawnAt() == null ? picture(order, it) : null;
            if (picture != null) {
                pictures++;
                bytes += picture.length;
            }
            filed.add(filed(it, filed.size() + 1, picture, room, order.locale()));
        }
        return filed;
    }

    private byte @Nullable [] picture(DossierPrint.Order order, Attachment it) {
        if (!it.thumbnail()) {
            return null;
        }
        try {
            return attachments
                    .read(order.file().id(), it.id(), Rendition.PRINT, order.viewer())
                    .bytes();
        } catch (Problem cannotBeDrawn) {
            return null;
        }
    }

    private Filed filed(Attachment it, int nth, byte @Nullable [] picture, boolean room, Locale locale) {
        Integer pages = it.pages();
        String state = it.withdrawnAt() != null
                ? words.said(
                        "dossier.print.file.withdrawn",
                        locale,
                        words.time(it.withdrawnAt()),
                        words.said("code.attachment-why." + it.withdrawnWhy(), locale))
                : pages != null
                        ? words.said("dossier.print.file.pages", locale, pages)
                        : room ? "" : words.said("dossier.print.file.listed", locale);
        return new Filed(
                Integer.toString(nth),
                words.said("code.attachment." + it.kind(), locale),
                it.fileName(),
                words.time(it.uploadedAt()),
                words.account(it.uploadedBy(), locale),
                it.sha256(),
                state,
                picture == null
                        ? null
                        : "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(picture));
    }
}
