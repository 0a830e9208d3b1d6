package org.greenchannel.engine;

import java.util.List;
import java.util.Set;
import org.greenchannel.kernel.Text;
import org.jspecify.annotations.Nullable;

/**
 * What a model says about one of its user tasks, for people who have to do it.
 *
 * @param process key of the process
 * @param key key of the task
 * @param basis articles, may be empty
 * @param stage stage it belongs to, or null
 * @param roles roles that may have it; empty when the model finds out in the case
 * @param clock legal clock it runs under, or null
 * @param guarded whether two people must take part
 * @param next names of what may come after it: tasks, called processes, waits, ends
 * @param papers codes of papers it leads to before the next task
 */
public record TaskGuide(
        String process,
        String key,
        Text name,
        String basis,
        @Nullable String stage,
        Set<String> roles,
        @Nullable String clock,
        boolean guarded,
        List<Text> next,
        List<String> papers) {}
