package org.greenchannel.web;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.greenchannel.casefile.CaseSummary;
import org.greenchannel.casefile.TimelineEntry;
import org.greenchannel.kernel.Page;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.note.Note;
import org.greenchannel.note.NoteKind;
import org.greenchannel.note.Notes;
import org.greenchannel.organisation.Accounts;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** Notes on the page of a case: their tab, and those of the story everybody may read. */
@Component
class NoteTab {

    private static final int LIST = 30;

    private final Notes notes;
    private final Accounts accounts;

    NoteTab(Notes notes, Accounts accounts) {
        this.notes = notes;
        this.accounts = accounts;
    }

    void fill(Model model, CaseSummary file, Viewer viewer, @Nullable String cursor) {
        Page<Note> page = notes.list(file.id(), viewer, LIST, cursor);
        boolean writes = notes.mayWrite(file.id(), viewer);
        List<String> people = writes ? notes.people(file.id(), viewer) : List.of();
        model.addAttribute("notes", page.items());
        model.addAttribute("nextCursor", page.nextCursor());
        model.addAttribute("mayWrite", writes);
        model.addAttribute("noteKinds", NoteKind.values());
        model.addAttribute("noteReasons", Notes.REASONS);
        model.addAttribute(
                "colleagues",
                people.stream().flatMap(name -> accounts.find(name).stream()).toList());
        model.addAttribute(
                "names",
                accounts.displayNames(page.items().stream()
                        .flatMap(note -> Stream.concat(
                                Stream.of(note.author()),
                                note.versions().stream().flatMap(v -> v.mentions().stream())))
                        .collect(Collectors.toSet())));
        model.addAttribute("requestKey", UUID.randomUUID());
    }

    /** Text of the notes among these lines, by line; only what everybody on the case may read. */
    void story(Model model, CaseSummary file, Viewer viewer, List<TimelineEntry> lines) {
        Set<UUID> ids = lines.stream()
                .filter(line -> line.kind().equals("NOTE"))
                .map(line -> UUID.fromString(line.detail().getOrDefault("note", "")))
                .collect(Collectors.toSet());
        var said = new java.util.HashMap<String, String>();
        if (!ids.isEmpty()) {
            notes.general(file.id(), ids, viewer).forEach(note -> note.versions()
                    .forEach(version -> said.put(note.id() + "/" + version.number(), version.text())));
        }
        model.addAttribute("said", said);
    }
}
