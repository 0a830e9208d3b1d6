package org.greenchannel.attachment;

/** What an attachment is; each kind belongs to a data class of D16, which decides who may see it. */
public enum AttachmentKind {
    /** Picture from the scene: weapon, place, harm. */
    SCENE("RSK"),
    /** Picture of a home visit. */
    VISIT("CON"),
    /** Identity card, household register. */
    IDENTITY("IDN"),
    /** Proof of guardianship. */
    GUARDIAN("GUA"),
    /** Signed notice, judgment, appraisal opinion, power of attorney. */
    LEGAL("LEG"),
    /** Diagnosis, discharge summary, list of drugs. */
    SUMMARY("CLS"),
    /** Full clinical record, picture of an injury. */
    CLINICAL("CLF"),
    /** Bill, receipt. */
    INVOICE("FIN"),
    /** Proof of poverty, disability, benefit. */
    WELFARE("WEL");

    private final String dataClass;

    AttachmentKind(String dataClass) {
        this.dataClass = dataClass;
    }

    /** Data class of D16. */
    public String dataClass() {
        return dataClass;
    }
}
