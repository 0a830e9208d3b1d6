package org.greenchannel.flow;

import java.time.Clock;
import java.util.Map;
import org.greenchannel.flow.Api.Answer;

/**
 * A case of compulsory treatment up to the task of the appraisers: two people share it, its period may stand still, a
 * paper was issued before it, and there is a way back.
 */
public final class AppraisalCase {

    private static final String ITEMS = "/api/v1/work-items/";

    private final Api api;
    private final CourtCase court;
    private final String item;

    public AppraisalCase(int port, Clock clock) {
        api = new Api(port);
        court = new CourtCase(api, clock).open("handler", "INVESTIGATION", Map.of());
        court.complete("handler", "RecordFacts");
        court.complete("handler", "ConfirmScreening", Map.of("screeningDecision", "ORDER_APPRAISAL"));
        court.complete("handler", "CommissionAppraisal");
        item = court.journey().item("appraiser", "ReceiveOpinion").get("id").asString();
    }

    CourtCase court() {
        return court;
    }

    /** Id of the task. */
    public String item() {
        return item;
    }

    /** Does something with the task over the API. */
    public AppraisalCase verb(String user, String verb, Map<String, ?> body) {
        api.post(user, ITEMS + item + "/" + verb, body).expect(200);
        return this;
    }

    /** Submits the usual answers. */
    public Answer submit(String user) {
        return api.post(user, ITEMS + item + "/complete", Map.of("data", court.answers("ReceiveOpinion")))
                .expect(200);
    }
}
