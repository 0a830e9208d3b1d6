package org.greenchannel.organisation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.greenchannel.platform.SeedErrors;
import org.greenchannel.platform.SeedNode;
import org.greenchannel.platform.Seeds;

/**
 * Reads and checks {@code seeds/demo/accounts.yaml}. The accounts are those of the default city; another city has the same
 * ones at organisations of its own, which {@code seeds/demo/<city>.yaml} names.
 */
class DemoAccountReader {

    private static final int SHORTEST_PASSWORD = 12;

    /** The accounts and their common password. */
    record Content(String password, List<Entry> accounts) {
        @Override
        public String toString() {
            return "accounts " + accounts;
        }
    }

    /** An account of the file. */
    record Entry(String username, String name, String organisation, Set<String> roles, Set<String> licences) {}

    private final Seeds seeds;
    private final RoleBook roles;
    private final Map<String, Organisation> organisations = new LinkedHashMap<>();
    private final SeedErrors errors;
    private final String city;

    DemoAccountReader(Seeds seeds, RoleBook roles, Pack pack, SeedErrors errors) {
        this.seeds = seeds;
        this.roles = roles;
        this.errors = errors;
        this.city = pack.city();
        pack.organisations().forEach(one -> organisations.put(one.code(), one));
    }

    Content read() {
        SeedNode file = SeedNode.of(seeds, "demo/accounts.yaml", errors);
        file.only("password", "accounts");
        if (file.text("password").length() < SHORTEST_PASSWORD) {
            file.get("password").error("at least twelve characters are needed");
        }
        Places places = places();
        var result = new ArrayList<Entry>();
        var names = new HashSet<String>();
        for (SeedNode node : file.get("accounts").items()) {
            node.only("username", "name", "organisation", "roles", "licences", "tour", "description");
            node.get("description").bilingual();
            var entry = new Entry(
                    node.text("username"),
                    node.text("name"),
                    places.of(node.text("organisation")),
                    node.texts("roles"),
                    node.texts("licences"));
            if (!entry.username().matches("[a-z][a-z0-9.-]{1,29}") || !names.add(entry.username())) {
                node.get("username").error("must be new, short, in small letters and digits");
            }
            checkRoles(node, entry);
            result.add(entry);
        }
        return new Content(file.text("password"), result);
    }

    /**
     * Where the accounts are in this city.
     *
     * @param from how codes begin in the accounts' file; empty when they stay as they are
     * @param to how they begin in this city
     * @param others codes that follow no rule
     */
    private record Places(String from, String to, Map<String, String> others) {
        String of(String organisation) {
            String other = others.get(organisation);
            if (other != null) {
                return other;
            }
            return !from.isEmpty() && organisation.startsWith(from)
                    ? to + organisation.substring(from.length())
                    : organisation;
        }
    }

    private Places places() {
        String file = "demo/" + city + ".yaml";
        if (!seeds.exists(file)) {
            return new Places("", "", Map.of());
        }
        SeedNode node = SeedNode.of(seeds, file, errors);
        node.only("prefix", "organisations");
        var others = new LinkedHashMap<String, String>();
        node.get("organisations").entries().values().forEach(one -> {
            if (!organisations.containsKey(one.text())) {
                one.error("no such organisation: " + one.text());
            }
            others.put(one.key(), one.text());
        });
        return new Places(node.at("prefix.from").text(), node.at("prefix.to").text(), others);
    }

    private void checkRoles(SeedNode node, Entry entry) {
        Organisation organisation = organisations.get(entry.organisation());
        if (organisation == null) {
            node.get("organisation").error("no such organisation: " + entry.organisation());
            return;
        }
        if (entry.roles().isEmpty()) {
            node.error("at least one role is needed");
        }
        for (String code : entry.roles()) {
            RoleBook.Role role = roles.find(code).orElse(null);
            if (role == null || !role.signIn()) {
                node.get("roles").error("no such role for accounts: " + code);
            } else if (!role.types().contains(organisation.type())) {
                node.get("roles").error(code + " does not belong to an organisation of type " + organisation.type());
            } else if (role.admin() && entry.roles().size() > 1) {
                node.get("roles").error(code + " is an administration of its own and excludes every other role");
            }
        }
    }
}
