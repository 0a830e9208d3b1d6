package org.greenchannel.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.greenchannel.casefile.CaseSummary;
import org.greenchannel.engine.InstanceState;
import org.greenchannel.engine.Processes;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/**
 * The way of the case: the stages of the process it was opened with, those it came through and the one it is in. What runs
 * beside it, an assessment during a stay, stands below as a chip with its own stage.
 */
@Component
class StageRail {

    private final Processes processes;

    StageRail(Processes processes) {
        this.processes = processes;
    }

    /** Something that runs beside the main way. @param stage where it stands, or null */
    public record Beside(String process, @Nullable String stage) {}

    /** @param current stage the case is in, or null when its way is over */
    record Way(List<String> stages, Set<String> passed, @Nullable String current, List<Beside> beside) {}

    void fill(Model model, CaseSummary file) {
        Way way = way(file, processes.states(file.id()));
        model.addAttribute("rail", way.stages());
        model.addAttribute("railPassed", way.passed());
        model.addAttribute("railAt", way.current());
        model.addAttribute("beside", way.beside());
    }

    Way way(CaseSummary file, List<InstanceState> states) {
        List<String> stages = processes.stages(file.processKey());
        boolean open = file.closedAt() == null;
        Map<String, String> steps = processes.stagesOfSteps(file.processKey());
        var passed = new LinkedHashSet<String>();
        String last = null;
        boolean running = false;
        var active = new ArrayList<String>();
        for (InstanceState state : states) {
            if (!state.processKey().equals(file.processKey())) {
                continue;
            }
            running |= state.endedAt() == null;
            for (InstanceState.Step step : state.steps()) {
                String stage = steps.get(step.activityId());
                if (stage == null || step.withdrawn()) {
                    continue;
                }
                last = stage;
                (step.endedAt() == null ? active : passed).add(stage);
            }
        }
        String current = current(file, stages, active, last, open && (running || states.isEmpty()));
        passed.remove(current);
        return new Way(stages, passed, current, open ? beside(file, states) : List.of());
    }

    /** The earliest stage with something to do, otherwise the one it came to last. */
    private static @Nullable String current(
            CaseSummary file, List<String> stages, List<String> active, @Nullable String last, boolean running) {
        if (!running) {
            return null;
        }
        return stages.stream()
                .filter(active::contains)
                .findFirst()
                .orElse(last != null ? last : stages.contains(file.stage()) ? file.stage() : null);
    }

    private List<Beside> beside(CaseSummary file, List<InstanceState> states) {
        var beside = new LinkedHashMap<String, Beside>();
        for (InstanceState state : states) {
            if (state.endedAt() == null && !state.processKey().equals(file.processKey())) {
                Map<String, String> steps = processes.stagesOfSteps(state.processKey());
                String stage = state.active().stream()
                        .map(steps::get)
                        .filter(it -> it != null)
                        .findFirst()
                        .orElse(null);
                beside.putIfAbsent(state.processKey(), new Beside(state.processKey(), stage));
            }
        }
        return List.copyOf(beside.values());
    }
}
