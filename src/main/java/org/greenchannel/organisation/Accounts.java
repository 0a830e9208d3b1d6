package org.greenchannel.organisation;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.greenchannel.kernel.Viewer;

/** Local accounts and their roles. */
public interface Accounts {
    /** By sign-in name. */
    Optional<Account> find(String username);

    /** By id. */
    Optional<Account> find(UUID id);

    /** The viewer for an enabled account; problem {@code account-unknown} otherwise. */
    Viewer viewer(String username);

    /** Enabled accounts holding one of the roles in the organisation. */
    List<Account> holders(Collection<String> roles, String organisation);

    /**
     * Whether the account may act for the group {@code role@organisation} today: it is enabled, belongs to the organisation,
     * holds the role and, where the role asks for one, the professional licence.
     */
    boolean qualified(String username, String group);

    /** Display names by username, for timelines. */
    Map<String, String> displayNames(Collection<String> usernames);

    /** Password hash for sign-in; empty if the account does not exist or is disabled. */
    Optional<String> passwordHash(String username);

    /** Seconds the account is still locked after too many failures, 0 if it is not. */
    long lockedSeconds(String username);

    /** Remembers a failed sign-in: five lock for 15 minutes, doubling to at most four hours. */
    void signInFailed(String username);

    /** Forgets failures. */
    void signInSucceeded(String username);

    /** Changes the preferred language. */
    void language(String username, String language);
}
