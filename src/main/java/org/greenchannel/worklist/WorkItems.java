package org.greenchannel.worklist;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.greenchannel.engine.FormResource;
import org.greenchannel.engine.ProcessInfo;
import org.greenchannel.engine.WaitingMessage;
import org.greenchannel.form.Advice;
import org.greenchannel.form.Draft;
import org.greenchannel.form.FormView;
import org.greenchannel.kernel.Page;
import org.greenchannel.kernel.Viewer;
import org.jspecify.annotations.Nullable;

/** The work list and its verbs. Every method takes the viewer; what he may not see does not exist. */
public interface WorkItems {
    /** A page of the list, most urgent first. */
    Page<WorkItem> list(WorkItemQuery query, Viewer viewer);

    /** Counts by view, capped at 100 (99+). */
    Map<String, Integer> counts(Viewer viewer);

    /** One item; problem {@code work-item-unknown} otherwise. */
    WorkItem get(UUID id, Viewer viewer);

    /** Open items of a case that the viewer may see ({@code all} for those who may see the case). */
    List<WorkItem> ofCase(UUID caseId, Viewer viewer);

    /** The form of an item with prefilled data and the viewer's draft merged in. */
    TaskForm form(UUID id, Viewer viewer, Locale locale);

    /**
     * A form to fill in.
     *
     * @param draft the viewer's draft, if any
     * @param warns whether it has rules that only warn: {@link #advise} tells before it is sent
     */
    record TaskForm(@Nullable FormView view, @Nullable Draft draft, @Nullable FormResource resource, boolean warns) {}

    /**
     * What the rules of the form say to answers before they are sent, to whoever may fill it in now. Nothing is stored,
     * completed or recorded.
     *
     * @param answeredOnly only rules all of whose fields have been answered
     */
    Advice advise(DraftPlace place, Map<String, ? extends @Nullable Object> data, boolean answeredOnly, Viewer viewer);

    /** 签收: takes the item. Conflict {@code already-claimed} names who has it. */
    WorkItem claim(UUID id, @Nullable Integer version, Viewer viewer);

    /** 退签: gives it back. */
    WorkItem release(UUID id, @Nullable Integer version, Viewer viewer);

    /** Completes it: checks, stores, runs on. */
    Completed complete(
            UUID id,
            Map<String, ? extends @Nullable Object> data,
            @Nullable Integer version,
            @Nullable String idempotencyKey,
            Viewer viewer,
            Locale locale);

    /** Processes the viewer may start as a new case. */
    List<ProcessInfo> startable(Viewer viewer);

    /** Processes the viewer may start on this case now; problem {@code case-unknown} when he may not read it. */
    List<ProcessInfo> startableOn(String caseNumber, Viewer viewer);

    /** The start form; problem {@code process-unknown} when the viewer may not start it. */
    TaskForm startForm(String processKey, @Nullable String caseNumber, Viewer viewer, Locale locale);

    /** Starts a process: a new case, or on an existing one. Problem {@code process-not-startable} where its model says no. */
    Started start(
            String processKey,
            @Nullable String caseNumber,
            Map<String, ? extends @Nullable Object> data,
            @Nullable String idempotencyKey,
            Viewer viewer,
            Locale locale);

    /** Messages of the case this viewer may send. */
    List<WaitingMessage> messages(String caseNumber, Viewer viewer);

    /** Form of a message. */
    TaskForm messageForm(String caseNumber, String message, Viewer viewer, Locale locale);

    /** Sends it. */
    Completed send(
            String caseNumber,
            String message,
            Map<String, ? extends @Nullable Object> data,
            @Nullable String idempotencyKey,
            Viewer viewer,
            Locale locale);

    /** The item of an engine task, for other modules. */
    Optional<WorkItem> ofTask(String engineTaskId);

    /** An item without access check, for other modules. */
    Optional<WorkItem> find(UUID id);
}
