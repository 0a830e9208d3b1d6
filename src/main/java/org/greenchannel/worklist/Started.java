package org.greenchannel.worklist;

import java.util.List;

/** Receipt of a started process. */
public record Started(
        String caseNumber, String processInstanceId, List<Completed.NextItem> workItems, List<String> warnings) {}
