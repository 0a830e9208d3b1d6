package org.greenchannel.personfile;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.greenchannel.kernel.Viewer;

/**
 * People as the viewer may see them. Nobody is known to exist except by a case the viewer may read; each part of what is
 * known comes by its data class (D16) in the closest relation the viewer has to one of the person's cases.
 */
public interface PersonFiles {

    /** Whether the viewer may search at all, for the navigation. */
    boolean maySearch(Viewer viewer);

    /**
     * People found by exact identity number, full name or telephone, those with a case the viewer may read only. Problems
     * {@code forbidden}, {@code too-many-searches}. Audited with a digest of the term.
     */
    List<PersonRow> search(String term, Viewer viewer);

    /**
     * The page of a person, by any of his ids. Recorded as a look before it is answered. Problem {@code person-unknown} when
     * there is nobody or the viewer may read none of his cases.
     */
    PersonPage get(UUID personId, Viewer viewer, Locale locale);

    /**
     * Identity and contacts in plain words. Problem {@code forbidden} without the right on one of the cases the viewer may
     * read, {@code form-invalid} for a purpose that is none.
     *
     * @return plain values by field ({@code person.name}, {@code guardian.phone}, …), those without a value left out
     */
    Map<String, String> reveal(UUID personId, String purpose, Viewer viewer);
}
