package org.greenchannel.web;

import java.util.ArrayList;
import java.util.List;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.AccessPolicy;
import org.greenchannel.organisation.AccessPolicy.Relation;
import org.springframework.stereotype.Component;

/** Pages of the oversight desk. */
@Component
class Desk {

    private final AccessPolicy access;

    Desk(AccessPolicy access) {
        this.access = access;
    }

    /** Those this viewer may open, in the order of their tabs. */
    List<String> pages(Viewer viewer) {
        var pages = new ArrayList<String>();
        if (may(viewer, "oversight.read")) {
            pages.add("alerts");
            pages.add("clocks");
            pages.add("delays");
        }
        if (may(viewer, "history.read")) {
            pages.add("history");
        }
        if (may(viewer, "audit.read")) {
            pages.add("audit");
        }
        if (may(viewer, "traceability.read")) {
            pages.add("traceability");
        }
        return pages;
    }

    private boolean may(Viewer viewer, String action) {
        return access.allows(viewer, action, Relation.NONE);
    }
}
