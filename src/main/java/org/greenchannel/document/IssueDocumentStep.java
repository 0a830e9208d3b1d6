package org.greenchannel.document;

import org.greenchannel.engine.ProcessStep;
import org.greenchannel.engine.StepContext;
import org.springframework.stereotype.Component;

/** Step {@code issueDocument}: issues the paper named by the parameter {@code document}; optional {@code recipient}, {@code language}. */
@Component("issueDocument")
class IssueDocumentStep implements ProcessStep {

    private final Documents documents;

    IssueDocumentStep(Documents documents) {
        this.documents = documents;
    }

    @Override
    public void execute(StepContext step) {
        documents.issue(
                step.caseId(),
                step.parameter("document"),
                step.optional("language").orElse("zh"),
                step.optional("recipient").orElse(null),
                null);
    }
}
