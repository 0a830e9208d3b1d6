package org.greenchannel.rights;

/** Who may hold a code, and the role the models know the holder by. */
public enum Holder {
    PATIENT("patient"),
    GUARDIAN("guardian"),
    LAWYER("representative-lawyer");

    private final String role;

    Holder(String role) {
        this.role = role;
    }

    /** Role of {@code seeds/roles.yaml}. */
    public String role() {
        return role;
    }
}
