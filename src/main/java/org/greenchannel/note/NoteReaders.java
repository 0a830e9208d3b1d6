package org.greenchannel.note;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.casefile.CaseSummary;
import org.greenchannel.kernel.FieldError;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.AccessPolicy;
import org.greenchannel.organisation.AccessPolicy.Relation;
import org.greenchannel.organisation.AccessPolicy.Sight;
import org.greenchannel.organisation.Account;
import org.greenchannel.organisation.Accounts;
import org.greenchannel.platform.Texts;
import org.springframework.stereotype.Component;

/** Who reads a note, and who may be named in it. */
@Component
class NoteReaders {

    /** Most people to choose from. */
    private static final int MOST = 100;

    private final CaseFiles cases;
    private final AccessPolicy access;
    private final Accounts accounts;
    private final Texts texts;

    NoteReaders(CaseFiles cases, AccessPolicy access, Accounts accounts, Texts texts) {
        this.cases = cases;
        this.access = access;
        this.accounts = accounts;
        this.texts = texts;
    }

    /** The note with its text, or without it. */
    Note seen(Note note, Viewer viewer, Relation relation) {
        if (note.author().equals(viewer.username())) {
            return note;
        }
        // what belongs to another person's case is no business of those who work on this one
        boolean astray = "WRONG_CASE".equals(note.withdrawnWhy());
        return astray || !reads(note.kind(), viewer, relation) ? note.unread() : note;
    }

    boolean reads(NoteKind kind, Viewer viewer, Relation relation) {
        String dataClass = kind.dataClass();
        return access.allows(viewer, "case.notes", relation)
                && (dataClass == null
                        || access.sight(viewer, dataClass, relation).compareTo(Sight.READ) >= 0);
    }

    /** The people named, each once and without the author; a problem when one of them may not read the note. */
    List<String> people(CaseSummary file, NoteKind kind, List<String> mentions, Viewer author) {
        List<String> people = mentions.stream()
                .map(String::strip)
                .filter(name -> !name.isEmpty() && !name.equals(author.username()))
                .distinct()
                .toList();
        if (people.size() > Notes.MOST_PEOPLE) {
            throw Problem.invalid(
                    "note-people", List.of(new FieldError("/mentions", "maximum", texts.of("note.people-many"))));
        }
        people.forEach(name -> requireReader(file, kind, name));
        return people;
    }

    private void requireReader(CaseSummary file, NoteKind kind, String username) {
        Account account = accounts.find(username)
                .filter(Account::enabled)
                .orElseThrow(() -> Problem.conflict("person-unknown", username));
        Viewer reader = accounts.viewer(username);
        if (!reads(kind, reader, cases.relation(file, reader))) {
            throw Problem.conflict("note-mention", account.displayName(), texts.of("note.kind." + kind));
        }
    }

    /** Those who did something on the case or have tasks of it, and may read its notes. */
    List<String> colleagues(CaseSummary file, Viewer viewer) {
        UUID id = file.id();
        Stream<String> holders = cases.groups(id).stream()
                .filter(group -> group.indexOf('@') > 0)
                .flatMap(group -> {
                    int at = group.indexOf('@');
                    return accounts.holders(List.of(group.substring(0, at)), group.substring(at + 1)).stream()
                            .map(Account::username);
                });
        return Stream.concat(cases.actors(id).keySet().stream(), holders)
                .distinct()
                .filter(name -> !name.equals(viewer.username()))
                .filter(name -> accounts.find(name).filter(Account::enabled).isPresent())
                .filter(name -> {
                    Viewer reader = accounts.viewer(name);
                    return access.allows(reader, "case.notes", cases.relation(file, reader));
                })
                .limit(MOST)
                .toList();
    }
}
