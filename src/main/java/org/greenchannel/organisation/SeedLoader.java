package org.greenchannel.organisation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.greenchannel.platform.SeedErrors;
import org.greenchannel.platform.Seeds;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads, checks and stores roles, the city pack and the demo accounts before anything else asks for them: all of it in
 * one transaction, or the application does not start. Files that did not change are not written again.
 */
@Component
@DependsOnDatabaseInitialization
class SeedLoader {

    /** Changes when the way of storing changes, so that unchanged files are written once more. */
    private static final String FORMAT = "1";

    private static final Logger LOG = LoggerFactory.getLogger(SeedLoader.class);

    private final Pack pack;
    private final RoleBook roles;
    private final Directory directory;

    SeedLoader(
            Seeds seeds,
            PackStore store,
            DemoAccounts demoAccounts,
            TransactionTemplate transaction,
            @Value("${greenchannel.city:zhengzhou}") String city,
            @Value("${greenchannel.demo:false}") boolean demo) {
        var errors = new SeedErrors();
        this.roles = RoleBook.read(seeds, errors);
        this.pack = new PackReader(seeds, roles, errors).read(city);
        var accounts = demo ? new DemoAccountReader(seeds, roles, pack, errors).read() : null;
        errors.throwIfAny();
        String checksum = checksum(roles, pack);
        transaction.executeWithoutResult(status -> {
            store.lock();
            if (!checksum.equals(store.checksum("city").orElse(""))) {
                store.roles(roles);
                store.write(pack);
                store.loaded("city", checksum);
                LOG.info(
                        "City pack {} loaded: {} areas, {} organisations",
                        city,
                        pack.areas().size(),
                        pack.organisations().size());
            }
            demoAccounts.load(accounts, store);
        });
        this.directory = store.read();
    }

    RoleBook roles() {
        return roles;
    }

    Pack pack() {
        return pack;
    }

    Directory directory() {
        return directory;
    }

    private static String checksum(RoleBook roles, Pack pack) {
        return digest(
                roles.all() + "|" + pack.city() + pack.areas() + pack.organisations() + pack.bindings() + pack.rings());
    }

    static String digest(String text) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest((FORMAT + "|" + text).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
