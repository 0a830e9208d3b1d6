package org.greenchannel.organisation;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Accounts in the database. */
@Component
class StoredAccounts implements Accounts {

    private static final String SELECT =
            """
            select a.id, a.username, a.display_name, a.organisation, a.language, a.enabled,
              array(select r.role from organisation.account_role r where r.account = a.id) as roles,
              array(select l.licence from organisation.account_licence l where l.account = a.id
                and l.valid_from <= :today and :today < l.valid_until) as licences
            from organisation.account a
            """;

    private final JdbcClient jdbc;
    private final SeedLoader loader;
    private final SignInFailures failures;
    private final Clock clock;
    private final ZoneId zone;

    StoredAccounts(JdbcClient jdbc, SeedLoader loader, SignInFailures failures, Clock clock, ZoneId zone) {
        this.jdbc = jdbc;
        this.loader = loader;
        this.failures = failures;
        this.clock = clock;
        this.zone = zone;
    }

    @Override
    public Optional<Account> find(String username) {
        return jdbc.sql(SELECT + "where a.username = :username")
                .param("today", today())
                .param("username", username.toLowerCase(Locale.ROOT))
                .query(StoredAccounts::account)
                .optional();
    }

    @Override
    public Optional<Account> find(UUID id) {
        return jdbc.sql(SELECT + "where a.id = :id")
                .param("today", today())
                .param("id", id)
                .query(StoredAccounts::account)
                .optional();
    }

    @Override
    public Viewer viewer(String username) {
        Account account =
                find(username).filter(Account::enabled).orElseThrow(() -> Problem.notFound("account-unknown"));
        return new Viewer(
                account.id(),
                account.username(),
                account.displayName(),
                account.organisation(),
                account.roles(),
                loader.directory().responsibility(account.organisation(), today()));
    }

    @Override
    public List<Account> holders(Collection<String> roles, String organisation) {
        if (roles.isEmpty()) {
            return List.of();
        }
        return jdbc.sql(
                        SELECT
                                + """
                        where a.enabled and a.organisation = :organisation and exists (
                          select 1 from organisation.account_role r where r.account = a.id and r.role in (:roles))
                        order by a.username""")
                .param("today", today())
                .param("organisation", organisation)
                .param("roles", roles)
                .query(StoredAccounts::account)
                .list();
    }

    @Override
    public boolean qualified(String username, String group) {
        int at = group.indexOf('@');
        if (at < 0) {
            return false;
        }
        String role = group.substring(0, at);
        String licence = loader.roles().find(role).map(RoleBook.Role::licence).orElse("");
        return find(username)
                .filter(Account::enabled)
                .filter(account -> account.organisation().equals(group.substring(at + 1)))
                .filter(account -> account.roles().contains(role))
                .filter(account -> licence.isEmpty() || account.licences().contains(licence))
                .isPresent();
    }

    @Override
    public Map<String, String> displayNames(Collection<String> usernames) {
        var names = new HashMap<String, String>();
        if (!usernames.isEmpty()) {
            jdbc.sql("select username, display_name from organisation.account where username in (:usernames)")
                    .param("usernames", Set.copyOf(usernames))
                    .query(row -> {
                        names.put(row.getString("username"), row.getString("display_name"));
                    });
        }
        return names;
    }

    @Override
    public Optional<String> passwordHash(String username) {
        return jdbc.sql(
                        """
                        select password_hash from organisation.account
                        where username = :username and enabled and password_hash is not null""")
                .param("username", username.toLowerCase(Locale.ROOT))
                .query(String.class)
                .optional();
    }

    @Override
    public long lockedSeconds(String username) {
        return failures.lockedSeconds(username);
    }

    @Override
    @Transactional
    public void signInFailed(String username) {
        failures.failed(username);
    }

    @Override
    @Transactional
    public void signInSucceeded(String username) {
        failures.succeeded(username);
    }

    @Override
    @Transactional
    public void language(String username, String language) {
        if (!Set.of("zh", "en").contains(language)) {
            throw Problem.badRequest("language-unknown", language);
        }
        jdbc.sql("update organisation.account set language = :language where username = :username")
                .param("language", language)
                .param("username", username.toLowerCase(Locale.ROOT))
                .update();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), zone);
    }

    private static Account account(ResultSet row, int number) throws SQLException {
        return new Account(
                row.getObject("id", UUID.class),
                row.getString("username"),
                row.getString("display_name"),
                row.getString("organisation"),
                codes(row.getArray("roles")),
                codes(row.getArray("licences")),
                row.getString("language"),
                row.getBoolean("enabled"));
    }

    private static Set<String> codes(Array array) throws SQLException {
        return Set.of((String[]) array.getArray());
    }
}
