package org.greenchannel.note;

import org.jspecify.annotations.Nullable;

/** What a note is about; all but the first belong to a data class of D16, which decides who may read them. */
public enum NoteKind {
    /** How the work goes on: appointments, who calls whom. Read by everybody who works on the case. */
    GENERAL(null),
    /** Guardian and family. */
    FAMILY("GUA"),
    /** Status, notices, objections. */
    LEGAL("LEG"),
    /** Danger, incidents. */
    RISK("RSK"),
    /** Health and treatment in short; the clinical record itself belongs into the record of the hospital. */
    MEDICAL("CLS"),
    /** Costs and who bears them. */
    MONEY("FIN");

    private final @Nullable String dataClass;

    NoteKind(@Nullable String dataClass) {
        this.dataClass = dataClass;
    }

    /** Data class of D16, or null for what everybody on the case may read. */
    public @Nullable String dataClass() {
        return dataClass;
    }
}
