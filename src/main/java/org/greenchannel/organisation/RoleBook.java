package org.greenchannel.organisation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.greenchannel.kernel.Text;
import org.greenchannel.platform.SeedErrors;
import org.greenchannel.platform.SeedNode;
import org.greenchannel.platform.Seeds;

/** The roles of {@code seeds/roles.yaml}. */
class RoleBook {

    static final String FILE = "roles.yaml";

    /**
     * A role.
     *
     * @param types organisation types whose accounts may hold it
     * @param signIn whether accounts may hold it at all
     * @param admin whether it is one of the three separated administrations
     * @param licence professional licence that acting in the role needs, or empty
     */
    record Role(String code, Text name, Set<String> types, boolean signIn, boolean admin, String licence) {}

    private final Map<String, Role> roles = new LinkedHashMap<>();

    static RoleBook read(Seeds seeds, SeedErrors errors) {
        var book = new RoleBook();
        SeedNode file = SeedNode.of(seeds, FILE, errors);
        file.only("roles");
        for (SeedNode node : file.get("roles").entries().values()) {
            node.only("zh", "en", "types", "signIn", "admin", "licence");
            var role = new Role(
                    node.key(),
                    node.bilingual(),
                    node.texts("types"),
                    node.flag("signIn", true),
                    node.flag("admin", false),
                    node.optional("licence").orElse(""));
            if (role.types().isEmpty()) {
                node.error("at least one organisation type is needed");
            }
            book.roles.put(role.code(), role);
        }
        return book;
    }

    Map<String, Role> all() {
        return roles;
    }

    Optional<Role> find(String code) {
        return Optional.ofNullable(roles.get(code));
    }

    Set<String> types() {
        var types = new TreeSet<String>();
        roles.values().forEach(role -> types.addAll(role.types()));
        return types;
    }
}
