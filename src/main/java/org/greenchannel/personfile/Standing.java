package org.greenchannel.personfile;

import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.casefile.CaseSummary;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.AccessPolicy;
import org.greenchannel.organisation.AccessPolicy.Relation;
import org.greenchannel.organisation.AccessPolicy.Sight;
import org.greenchannel.person.Identities;
import org.springframework.stereotype.Component;

/** How a viewer stands to a person: by the cases of the person he may read, and by nothing else. */
@Component
class Standing {

    static final String READ = "case.read";
    static final String REVEAL = "person.reveal";
    static final String OTHERS = "person.others";
    static final String MERGE = "person.merge";

    private final Identities identities;
    private final CaseFiles cases;
    private final AccessPolicy access;

    Standing(Identities identities, CaseFiles cases, AccessPolicy access) {
        this.identities = identities;
        this.cases = cases;
        this.access = access;
    }

    /** Data class of a field of a person or guardian. */
    static String classOf(String field) {
        if (field.startsWith("guardian.")) {
            return "GUA";
        }
        return field.equals("person.phone") || field.equals("person.address") ? "CON" : "IDN";
    }

    /**
     * A person before a viewer.
     *
     * @param id the entry that counts
     * @param files cases he may read and his relation to each
     * @param others how many he may not
     */
    final class Of {
        final UUID id;
        final Map<CaseSummary, Relation> files;
        final int others;
        private final Viewer viewer;

        private Of(UUID id, Map<CaseSummary, Relation> files, int others, Viewer viewer) {
            this.id = id;
            this.files = files;
            this.others = others;
            this.viewer = viewer;
        }

        /** Whether he may do it on one of the cases. */
        boolean may(String action) {
            return EnumSet.allOf(Relation.class).stream()
                    .filter(files::containsValue)
                    .anyMatch(relation -> access.allows(viewer, action, relation));
        }

        /** The best sight of a class over all these cases. */
        Sight sight(String dataClass) {
            return sight(dataClass, files.values());
        }

        /** The best sight by what runs now: what becomes known later is not for whoever had to do with the person once. */
        Sight sightNow(String dataClass) {
            return sight(
                    dataClass,
                    files.entrySet().stream()
                            .filter(entry -> entry.getKey().closedAt() == null)
                            .map(Map.Entry::getValue)
                            .toList());
        }

        private Sight sight(String dataClass, Collection<Relation> relations) {
            return Set.copyOf(relations).stream()
                    .map(relation -> access.sight(viewer, dataClass, relation))
                    .max(Sight::compareTo)
                    .orElse(Sight.NONE);
        }
    }

    /** Empty when there is nobody, or nothing the viewer may read. */
    Optional<Of> of(UUID personId, Viewer viewer) {
        return identities.current(personId).map(id -> standing(id, viewer)).filter(of -> !of.files.isEmpty());
    }

    private Of standing(UUID id, Viewer viewer) {
        Set<UUID> same = identities.same(List.of(id));
        CaseFiles.PersonCases found = cases.ofPersons(same, READ, viewer);
        var files = new LinkedHashMap<CaseSummary, Relation>();
        for (CaseSummary file : found.seen()) {
            Relation relation = cases.relation(file, viewer);
            if (access.allows(viewer, READ, relation)) {
                files.put(file, relation);
            }
        }
        return new Of(id, files, found.others() + found.seen().size() - files.size(), viewer);
    }
}
