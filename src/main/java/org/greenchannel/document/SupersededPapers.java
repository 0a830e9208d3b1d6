package org.greenchannel.document;

import org.greenchannel.engine.SendBackObserver;
import org.greenchannel.engine.SentBack;
import org.springframework.stereotype.Component;

/** Papers that were issued on the way that a case has gone back do not hold any more; they stay on record. */
@Component
class SupersededPapers implements SendBackObserver {

    private final PaperTable papers;

    SupersededPapers(PaperTable papers) {
        this.papers = papers;
    }

    @Override
    public void sentBack(SentBack event) {
        event.papers().forEach(code -> papers.supersedeSince(event.caseId(), code, event.since()));
    }
}
