package org.greenchannel.person;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.greenchannel.kernel.Viewer;

/** People. Fields: name, sex, birthDate, estimatedAge, idType, idNo, phone, address, description; guardians: name, relation, phone, address. */
public interface Persons {
    /** Why identity may be looked at in plain words (PIPL 28: a specific purpose); the look is recorded with one of them. */
    List<String> PURPOSES = List.of(
            "TREATMENT",
            "CONTACT_GUARDIAN",
            "IDENTITY_CHECK",
            "TRANSPORT",
            "NOTICE",
            "FUNDING",
            "SUPERVISION",
            "PERSON_REQUEST");

    /** Creates a person from what is known; an unknown name becomes {@code 无名氏} with a serial. Finds the existing one by exact id number. */
    UUID register(Map<String, String> person, Viewer viewer);

    /** Writes fields (blank ones are ignored); every change is a new version. */
    void update(UUID personId, Map<String, String> person, Viewer viewer);

    /** Writes the first guardian's fields. */
    void updateGuardian(UUID personId, Map<String, String> guardian, Viewer viewer);

    /** Masked, without an audit entry: what lists may show. */
    Map<UUID, MaskedPerson> masked(Collection<UUID> personIds);

    /** Plain values for a form or an official paper; audited as a look with that purpose. Keys {@code person.name}, {@code guardian.phone}, … */
    Map<String, String> reveal(UUID personId, Collection<String> fields, Viewer viewer, String purpose);

    /** Plain values for a paper issued by the system itself inside a transaction already audited. */
    Map<String, String> forPaper(UUID personId);

    /** Whether the person is under 18 today by the day of birth, else by the estimated age; false if neither is known. */
    boolean isMinor(UUID personId);

    /**
     * Exact search by id number, full name, or telephone of the person or a guardian, over blind indexes; audited. What was
     * merged is found as the entry that counts. Problem {@code too-many-searches} beyond the limit a minute and account.
     */
    List<MaskedPerson> search(String idNoOrName, Viewer viewer);
}
