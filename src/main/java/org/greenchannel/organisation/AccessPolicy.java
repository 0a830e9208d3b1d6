package org.greenchannel.organisation;

import org.greenchannel.kernel.Viewer;

/** The one access table ({@code seeds/access.yaml}): role × relation × action, deny by default; and role × data class (D16). */
public interface AccessPolicy {
    /** How a viewer stands to a case. */
    enum Relation {
        /** An open or done task of the case is or was the viewer's own or his group's. */
        TASK,
        /** The viewer's organisation takes part in the case. */
        PARTICIPANT,
        /** The viewer's organisation supervises the area of the case. */
        AREA,
        /** None of these. */
        NONE
    }

    /** How much of a data class a viewer sees. */
    enum Sight {
        NONE,
        MASKED,
        STATUS,
        READ,
        WRITE
    }

    /** Whether one of the viewer's roles may do the action in this relation. */
    boolean allows(Viewer viewer, String action, Relation relation);

    /** Best sight of a data class ({@code IDN CON GUA LEG RSK CLS CLF FIN WEL AUD KPI}) over the viewer's roles in this relation. */
    Sight sight(Viewer viewer, String dataClass, Relation relation);
}
