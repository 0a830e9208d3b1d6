package org.greenchannel.casefile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.greenchannel.engine.TaskCompletion;
import org.greenchannel.engine.TaskOutcome;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Outcome {@code guardianContact}: how often the guardian was tried, as a fact; the log itself stays in the submission. */
@Component("guardianContact")
class GuardianContact implements TaskOutcome {

    @Override
    public Map<String, @Nullable Object> apply(TaskCompletion completion) {
        Object log = completion.data().get("contactLog");
        Map<String, @Nullable Object> facts = new HashMap<>();
        facts.put("contactAttempts", log instanceof List<?> attempts ? attempts.size() : 0);
        return facts;
    }
}
