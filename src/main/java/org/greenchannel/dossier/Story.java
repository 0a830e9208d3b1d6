package org.greenchannel.dossier;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.audit.AuditQuery;
import org.greenchannel.audit.AuditRow;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.casefile.CaseSummary;
import org.greenchannel.casefile.StoryFilter;
import org.greenchannel.casefile.TimelineEntry;
import org.greenchannel.form.Forms;
import org.greenchannel.form.Submission;
import org.greenchannel.kernel.Page;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.AccessPolicy;
import org.greenchannel.organisation.AccessPolicy.Relation;
import org.greenchannel.organisation.AccessPolicy.Sight;
import org.greenchannel.platform.Texts;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Merges what the case tells of itself with the looks of the audit log and the forms filled in again. */
@Component
class Story {

    /** Looks at sensitive data; opening the case or a list is none. */
    static final Set<String> LOOKS = Set.of(
            "case.reveal",
            "case.brief",
            "submission.read",
            "case.submissions",
            "document.read",
            "document.preview",
            "attachment.read",
            "note.read",
            "dossier.print");

    private static final int MOST = 100;

    private final CaseFiles cases;
    private final Forms forms;
    private final AuditLog audit;
    private final AccessPolicy access;
    private final Texts texts;
    private final ZoneId zone;

    Story(CaseFiles cases, Forms forms, AuditLog audit, AccessPolicy access, Texts texts, ZoneId zone) {
        this.cases = cases;
        this.forms = forms;
        this.audit = audit;
        this.access = access;
        this.texts = texts;
        this.zone = zone;
    }

    Page<TimelineEntry> page(CaseSummary file, Viewer viewer, StoryFilter filter, int limit, @Nullable String cursor) {
        Relation relation = cases.require(file, "case.timeline", viewer);
        boolean auditor = access.sight(viewer, "AUD", relation).compareTo(Sight.READ) >= 0;
        if (Dossiers.LOOK.equals(filter.kind())) {
            return looks(file, auditor ? filter.actor() : viewer.username(), cursor);
        }
        Map<UUID, UUID> before = before(file);
        if (Dossiers.CHANGE.equals(filter.kind())) {
            return changes(file, viewer, filter, before, limit, cursor);
        }
        Page<TimelineEntry> page = cases.story(file, viewer, filter, limit, cursor);
        var merged = new ArrayList<>(
                page.items().stream().map(entry -> changed(entry, before)).toList());
        boolean everything = filter.kind() == null && filter.step() == null;
        if (auditor && everything && !page.items().isEmpty()) {
            Instant from = page.nextCursor() == null
                    ? null
                    : page.items().get(page.items().size() - 1).at();
            Instant to = cursor == null ? null : page.items().get(0).at();
            merged.addAll(lines(rows(file, filter.actor(), from, to, null).items(), file));
            merged.sort(Comparator.comparing(TimelineEntry::at).reversed());
        }
        return new Page<>(merged, page.nextCursor());
    }

    /** A line that brings a form filled in again names the submission to compare. */
    private static TimelineEntry changed(TimelineEntry entry, Map<UUID, UUID> before) {
        String submission = entry.detail().get("submission");
        if (submission == null || !before.containsKey(UUID.fromString(submission))) {
            return entry;
        }
        var detail = new HashMap<>(entry.detail());
        detail.put("changed", submission);
        return new TimelineEntry(
                entry.id(),
                entry.caseId(),
                entry.at(),
                entry.kind(),
                entry.title(),
                entry.basis(),
                entry.actor(),
                detail);
    }

    /** For each form that was filled in again, the one before it. */
    Map<UUID, UUID> before(CaseSummary file) {
        var last = new HashMap<String, UUID>();
        var before = new HashMap<UUID, UUID>();
        for (Submission submission : forms.list(file.id())) {
            UUID earlier = last.put(submission.taskKey() + "/" + submission.formId(), submission.id());
            if (earlier != null) {
                before.put(submission.id(), earlier);
            }
        }
        return before;
    }

    /** A case has few forms filled in again: they are found among its tasks, page by page. */
    private Page<TimelineEntry> changes(
            CaseSummary file,
            Viewer viewer,
            StoryFilter filter,
            Map<UUID, UUID> before,
            int limit,
            @Nullable String cursor) {
        var wanted = new StoryFilter(null, filter.actor(), filter.step());
        var found = new ArrayList<TimelineEntry>();
        String next = cursor;
        do {
            Page<TimelineEntry> page = cases.story(file, viewer, wanted, 200, next);
            page.items().stream()
                    .map(entry -> changed(entry, before))
                    .filter(entry -> entry.detail().containsKey("changed"))
                    .forEach(found::add);
            next = page.nextCursor();
        } while (next != null && found.size() < limit);
        return new Page<>(found, next);
    }

    private Page<TimelineEntry> looks(CaseSummary file, @Nullable String username, @Nullable String cursor) {
        Page<AuditRow> rows = rows(file, username, null, null, cursor);
        return new Page<>(lines(rows.items(), file), rows.nextCursor());
    }

    private Page<AuditRow> rows(
            CaseSummary file,
            @Nullable String username,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable String cursor) {
        return audit.search(new AuditQuery(file.id(), username, null, from, to, MOST, cursor));
    }

    /** The same look of the same person on one day is one line with a number. */
    private List<TimelineEntry> lines(List<AuditRow> rows, CaseSummary file) {
        var groups = new LinkedHashMap<String, List<AuditRow>>();
        for (AuditRow row : rows) {
            if (LOOKS.contains(row.action())) {
                String key = row.at().atZone(zone).toLocalDate() + "|" + row.username() + "|" + row.action() + "|"
                        + row.purpose() + "|" + row.outcome();
                groups.computeIfAbsent(key, k -> new ArrayList<>()).add(row);
            }
        }
        return groups.values().stream().map(group -> line(group, file)).toList();
    }

    private TimelineEntry line(List<AuditRow> group, CaseSummary file) {
        AuditRow last = group.get(0);
        var detail = new HashMap<String, String>();
        detail.put("look", last.action());
        detail.put("count", Integer.toString(group.size()));
        if (last.purpose() != null) {
            detail.put("purpose", last.purpose());
        }
        boolean denied = last.outcome().equals("DENIED");
        detail.put("outcome", last.outcome());
        return new TimelineEntry(
                new UUID(0, last.id()),
                file.id(),
                last.at(),
                Dossiers.LOOK,
                texts.of(
                        denied ? "dossier.look.denied" : group.size() > 1 ? "dossier.looks" : "dossier.look",
                        texts.of("dossier.look." + last.action()),
                        Integer.toString(group.size())),
                "",
                last.username(),
                detail);
    }
}
