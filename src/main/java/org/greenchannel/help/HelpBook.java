package org.greenchannel.help;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.greenchannel.clock.ClockDefinition;
import org.greenchannel.engine.TaskGuide;
import org.greenchannel.kernel.Text;
import org.jspecify.annotations.Nullable;

/**
 * Help for people: written texts of {@code seeds/help.yaml} together with what models, clocks and papers say of
 * themselves, so that it stays true when a model changes. Contains nothing about any case.
 */
public interface HelpBook {

    /** Roles of {@code seeds/roles.yaml} in their order. */
    List<Named> roles();

    /** A role, or nothing when there is none with this code. */
    Optional<RoleHelp> role(String code);

    /** The guided tour for somebody with these roles; a role without an account has one to read. */
    List<Step> tour(Collection<String> roles);

    /** Pages with a text of their own. */
    List<Named> pages();

    /** Id of the page that answers at a path pattern such as <code>/cases/{number}</code>; nothing when it has no text. */
    Optional<String> pageAt(String pattern);

    /** Help for a page. */
    Optional<PageHelp> page(String id);

    /** Processes, by name. */
    List<Named> processes();

    /** Help for a process. */
    Optional<ProcessHelp> process(String key);

    /** Help for a task: its own text, or that of its stage, or that of its process. */
    Optional<TaskHelp> task(String process, String key);

    /** Words of the field that contain the words asked for, in either language; all for an empty question. */
    List<Word> words(String asked);

    /** Something with a page of its own. @param id code, key or id in the address */
    record Named(String id, Text name) {}

    /**
     * A role.
     *
     * @param text what people with this role do here
     * @param first what to do on the first day
     * @param tasks tasks the models give it
     * @param clocks legal clocks of these tasks
     * @param papers papers these tasks lead to
     * @param starts processes it may begin
     */
    record RoleHelp(
            String code,
            Text name,
            Text text,
            Text first,
            List<ProcessTasks> tasks,
            List<ClockDefinition> clocks,
            List<Text> papers,
            List<Named> starts) {}

    /** Tasks of a role in one process. */
    record ProcessTasks(Named process, List<TaskGuide> tasks) {}

    /** A step of the tour. @param at what to show on the work list, a name in {@code data-tour}; null: nothing */
    record Step(String id, @Nullable String at, Text title, Text text) {}

    /** A page. @param points what one can do there */
    record PageHelp(String id, Text title, Text text, List<Text> points) {}

    /** A process. */
    record ProcessHelp(String key, Text name, Text description, List<Named> starters, List<TaskGuide> tasks) {}

    /**
     * A task.
     *
     * @param process the process it belongs to
     * @param text what it is for
     * @param written whether the text is of this very task
     * @param roles who may have it
     * @param clock its legal clock, or null
     * @param papers papers it leads to
     */
    record TaskHelp(
            Named process,
            TaskGuide guide,
            Text text,
            boolean written,
            List<Named> roles,
            @Nullable ClockDefinition clock,
            List<Text> papers) {}

    /** A word of the field. @param basis articles, may be empty */
    record Word(Text term, Text text, String basis) {}
}
