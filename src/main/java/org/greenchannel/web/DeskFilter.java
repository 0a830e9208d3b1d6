package org.greenchannel.web;

import java.util.Set;
import java.util.UUID;
import org.greenchannel.worklist.SavedQueue;
import org.greenchannel.worklist.WorkItemQuery;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * What is chosen on the work list, as its address has it: codes and words of the lists only, never a person's name.
 *
 * @param found mark of a search whose words stay with the session
 * @param queue saved queue this came from
 */
public record DeskFilter(
        @Nullable String view,
        @Nullable String due,
        @Nullable String process,
        @Nullable String stage,
        @Nullable String area,
        @Nullable String mark,
        @Nullable String q,
        @Nullable String found,
        @Nullable String queue,
        @Nullable String cursor) {

    /** Nothing left blank. */
    public DeskFilter {
        view = WorkListPage.blank(view);
        due = WorkListPage.blank(due);
        process = WorkListPage.blank(process);
        stage = WorkListPage.blank(stage);
        area = WorkListPage.blank(area);
        mark = WorkListPage.blank(mark);
        q = WorkListPage.blank(q);
        found = WorkListPage.blank(found);
        queue = WorkListPage.blank(queue);
        cursor = WorkListPage.blank(cursor);
    }

    static DeskFilter of(SavedQueue queue) {
        return new DeskFilter(
                queue.view(),
                queue.due(),
                queue.process(),
                queue.stage(),
                queue.area(),
                queue.mark(),
                queue.q(),
                null,
                queue.id().toString(),
                null);
    }

    WorkItemQuery query(String list, int limit, @Nullable Set<UUID> persons) {
        return new WorkItemQuery(
                list, process, null, null, due, persons == null ? q : null, limit, cursor, stage, area, mark, persons);
    }

    boolean blank() {
        return view == null && cursor == null && queue == null && !filtered();
    }

    /** Whether anything but the list is chosen. */
    public boolean filtered() {
        return due != null
                || process != null
                || stage != null
                || area != null
                || mark != null
                || q != null
                || found != null;
    }

    /** The same with one choice changed. */
    public DeskFilter with(String name, @Nullable String value) {
        return new DeskFilter(
                name.equals("view") ? value : view,
                name.equals("due") ? value : due,
                name.equals("process") ? value : process,
                name.equals("stage") ? value : stage,
                name.equals("area") ? value : area,
                name.equals("mark") ? value : mark,
                name.equals("q") || name.equals("found") ? null : q,
                name.equals("q") ? null : name.equals("found") ? value : found,
                name.equals("view") ? null : queue,
                name.equals("cursor") ? value : null);
    }

    /** The same with one choice taken back. */
    public DeskFilter without(String name) {
        return with(name, null);
    }

    /** Address of the page. */
    public String url() {
        return address("/");
    }

    /** Address of what an open page asks when something changed. */
    public String live() {
        return without("cursor").address("/work-items/live");
    }

    private String address(String path) {
        var uri = UriComponentsBuilder.fromPath(path);
        put(uri, "view", view);
        put(uri, "due", due);
        put(uri, "process", process);
        put(uri, "stage", stage);
        put(uri, "area", area);
        put(uri, "mark", mark);
        put(uri, "q", q);
        put(uri, "found", found);
        put(uri, "queue", queue);
        put(uri, "cursor", cursor);
        return uri.encode().build().toUriString();
    }

    private static void put(UriComponentsBuilder uri, String name, @Nullable String value) {
        if (value != null) {
            uri.queryParam(name, "{" + name + "}").uriVariables(java.util.Map.of(name, value));
        }
    }
}
