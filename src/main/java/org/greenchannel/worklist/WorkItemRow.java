package org.greenchannel.worklist;

import java.util.Map;

/** A work item with what only this module needs. */
record WorkItemRow(
        WorkItem item,
        String engineTaskId,
        String processInstanceId,
        String deploymentId,
        Map<String, String> properties) {}
