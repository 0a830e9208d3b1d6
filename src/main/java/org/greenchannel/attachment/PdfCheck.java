package org.greenchannel.attachment;

import java.io.IOException;
import java.util.Set;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSDocument;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObjectKey;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.greenchannel.kernel.Problem;
import org.jspecify.annotations.Nullable;

/** A PDF may be looked at, nothing more: no scripts, no programs, no files inside, no password, not too many pages. */
final class PdfCheck {

    private static final Set<String> KEYS =
            Set.of("JS", "JavaScript", "EmbeddedFiles", "EF", "RichMediaContent", "XFA");
    private static final Set<String> ACTIONS =
            Set.of("JavaScript", "Launch", "SubmitForm", "ImportData", "GoToE", "GoToR", "Rendition", "Movie", "Sound");
    private static final int DEEPEST = 30;

    private PdfCheck() {}

    static int pages(byte[] content) throws IOException {
        try (PDDocument document = Loader.loadPDF(content)) {
            int pages = document.getNumberOfPages();
            if (pages < 1) {
                throw FileCheck.refused("attachment-broken");
            }
            if (pages > Attachments.MOST_PAGES) {
                throw Problem.tooLarge("attachment-pages", Attachments.MOST_PAGES);
            }
            if (document.isEncrypted() || active(document.getDocument())) {
                throw FileCheck.refused("attachment-active");
            }
            return pages;
        } catch (InvalidPasswordException e) {
            throw FileCheck.refused("attachment-active");
        }
    }

    private static boolean active(COSDocument document) {
        if (active(document.getTrailer(), 0)) {
            return true;
        }
        for (COSObjectKey key : document.getXrefTable().keySet()) {
            if (active(document.getObjectFromPool(key).getObject(), 0)) {
                return true;
            }
        }
        return false;
    }

    /** Only what stands in the object itself: what it refers to is an object of its own and has its turn. */
    private static boolean active(@Nullable COSBase base, int depth) {
        if (depth > DEEPEST) {
            return true;
        }
        if (base instanceof COSArray array) {
            for (int i = 0; i < array.size(); i++) {
                if (active(array.get(i), depth + 1)) {
                    return true;
                }
            }
            return false;
        }
        return base instanceof COSDictionary dictionary && active(dictionary, depth);
    }

    private static boolean active(COSDictionary dictionary, int depth) {
        if (dictionary.getItem(COSName.S) instanceof COSName action && ACTIONS.contains(action.getName())) {
            return true;
        }
        for (var entry : dictionary.entrySet()) {
            if (KEYS.contains(entry.getKey().getName()) || active(entry.getValue(), depth + 1)) {
                return true;
            }
        }
        return false;
    }
}
