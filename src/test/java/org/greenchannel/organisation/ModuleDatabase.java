package org.greenchannel.organisation;

import java.time.Clock;
import org.flywaydb.core.Flyway;
import org.greenchannel.platform.Seeds;
import org.greenchannel.platform.TestDatabase;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A database with the tables of some modules, without the rest of the application. */
public final class ModuleDatabase {

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    /** Creates an empty database and the tables of these modules. */
    public ModuleDatabase(String... modules) {
        TestDatabase.Database database = TestDatabase.fresh();
        var source = new DriverManagerDataSource(database.url(), database.user(), database.password());
        String[] folders = java.util.Arrays.stream(modules)
                .map(module -> "classpath:db/migration/" + module)
                .toArray(String[]::new);
        Flyway.configure().dataSource(source).locations(folders).load().migrate();
        this.jdbc = JdbcClient.create(source);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(source));
    }

    public JdbcClient jdbc() {
        return jdbc;
    }

    public TransactionTemplate transaction() {
        return transaction;
    }

    /** Loads reference data as a start of the application does. */
    SeedLoader load(Seeds seeds, Clock clock, boolean demo) {
        return load(seeds, clock, "zhengzhou", demo);
    }

    SeedLoader load(Seeds seeds, Clock clock, String city, boolean demo) {
        return new SeedLoader(
                seeds, new PackStore(jdbc, clock), new DemoAccounts(jdbc, clock), transaction, city, demo);
    }

    /** The organisations of the repository's city pack. */
    public Organisations organisations(Seeds seeds, Clock clock) {
        return new StoredOrganisations(load(seeds, clock, false));
    }
}
