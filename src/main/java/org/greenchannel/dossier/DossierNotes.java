package org.greenchannel.dossier;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.greenchannel.kernel.Page;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.note.Note;
import org.greenchannel.note.Notes;
import org.springframework.stereotype.Component;

/** The notes of a case in the print: all they said, corrected and withdrawn ones too. */
@Component
class DossierNotes {

    private static final int MOST = 500;

    private final Notes notes;
    private final PrintWords words;

    DossierNotes(Notes notes, PrintWords words) {
        this.notes = notes;
        this.words = words;
    }

    /** A note. @param said empty when whoever prints may not read it */
    public record Jotting(String title, String state, List<Saying> said) {}

    /** What it said from one moment on. */
    public record Saying(String head, List<String> lines) {}

    /** Oldest first. */
    List<Jotting> of(DossierPrint.Order order) {
        Viewer viewer = order.viewer();
        if (!order.notes()) {
            return List.of();
        }
        var all = new ArrayList<Note>();
        String cursor = null;
        do {
            Page<Note> page = notes.list(order.file().id(), viewer, 100, cursor);
            all.addAll(page.items());
            cursor = page.nextCursor();
        } while (cursor != null && all.size() < MOST);
        Collections.reverse(all);
        return all.stream().map(note -> jotting(note, order.locale())).toList();
    }

    private Jotting jotting(Note note, Locale locale) {
        String title = words.said("note.kind." + note.kind(), locale) + "  " + words.account(note.author(), locale)
                + "，" + words.organisation(note.organisation(), locale) + "  " + words.time(note.at());
        String state = note.withdrawnAt() == null
                ? ""
                : words.said(
                        "dossier.print.note.withdrawn",
                        locale,
                        words.time(note.withdrawnAt()),
                        words.said("code.note-why." + note.withdrawnWhy(), locale));
        return new Jotting(
                title,
                state,
                note.versions().stream()
                        .map(version -> saying(version, note.versions().size() > 1, locale))
                        .toList());
    }

    private Saying saying(Note.Version version, boolean numbered, Locale locale) {
        var head = new ArrayList<String>();
        if (numbered) {
            head.add(words.said("notes.was", locale, version.number(), words.time(version.at())));
        }
        if (!version.mentions().isEmpty()) {
            head.add(words.said("notes.told", locale, words.accounts(version.mentions(), locale)));
        }
        return new Saying(String.join("  ", head), version.text().lines().toList());
    }
}
