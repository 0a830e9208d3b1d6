package org.greenchannel.worklist;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.kernel.FieldError;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.Account;
import org.greenchannel.organisation.Accounts;
import org.greenchannel.platform.Texts;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What every verb keeps: the model says with properties of the task which verbs it refuses ({@code noVerbs}), whose
 * signers may not act in it ({@code separateFrom}), who may be asked to sign ({@code signerGroups}) and what it guards
 * ({@code guard}).
 */
@Component
class VerbRules {

    private static final int LONGEST = 500;

    private final Accounts accounts;
    private final CaseFiles cases;
    private final HandlingTable handlings;
    private final Texts texts;

    VerbRules(Accounts accounts, CaseFiles cases, HandlingTable handlings, Texts texts) {
        this.accounts = accounts;
        this.cases = cases;
        this.handlings = handlings;
        this.texts = texts;
    }

    /** The reason, checked; 422 when there is none. */
    String reason(VerbCall call) {
        String reason = call.reason() == null ? "" : call.reason().strip();
        if (reason.isEmpty() || reason.length() > LONGEST) {
            throw Problem.invalid(
                    "reason-missing",
                    List.of(new FieldError("/reason", "required", texts.of("worklist.reason-missing"))));
        }
        return reason;
    }

    void requireAllowed(WorkItemRow row, String verb) {
        if (list(row, "noVerbs").contains(verb)) {
            throw Problem.conflict(
                    "verb-not-allowed",
                    texts.of("worklist.verb." + verb),
                    row.item().name());
        }
    }

    /** Neither lent to somebody nor waiting for signatures. */
    void requireFree(Handling handling) {
        requireNotDelegated(handling);
        if (handling.held()) {
            throw Problem.conflict("waits-for-signatures", name(String.valueOf(handling.heldBy())));
        }
    }

    void requireNotDelegated(Handling handling) {
        if (handling.delegated()) {
            throw Problem.conflict("is-delegated", name(String.valueOf(handling.owner())));
        }
    }

    /** That another person may be given the item: groups, licence, separation of duties, and not asked to sign it. */
    void requireCandidate(WorkItemRow row, String username) {
        requireQualified(row.item().groups(), username);
        requireSeparate(row, username);
        if (pendingSigner(row.item().id(), username)) {
            throw Problem.conflict("is-signer", name(username));
        }
    }

    /** That somebody may sign it. */
    void requireSigner(WorkItemRow row, String username) {
        requireQualified(signerGroups(row), username);
        requireSeparate(row, username);
    }

    private void requireQualified(Collection<String> groups, String username) {
        if (accounts.find(username).filter(Account::enabled).isEmpty()) {
            throw Problem.conflict("person-unknown", username);
        }
        if (groups.stream().noneMatch(group -> accounts.qualified(username, group))) {
            throw Problem.conflict("not-qualified", name(username));
        }
    }

    /** Separation of duties by the model. */
    void requireSeparate(WorkItemRow row, @Nullable String username) {
        Set<String> tasks = list(row, "separateFrom");
        if (username == null || tasks.isEmpty()) {
            return;
        }
        Map<String, List<String>> signers = cases.signers(row.item().caseId());
        if (tasks.stream()
                .anyMatch(task -> signers.getOrDefault(task, List.of()).contains(username))) {
            throw Problem.forbidden(
                    "separation-of-duties", name(username), row.item().name());
        }
    }

    boolean pendingSigner(UUID item, String username) {
        return handlings.signatures(item).stream()
                .anyMatch(signature -> signature.active() && signature.signer().equals(username));
    }

    Collection<String> signerGroups(WorkItemRow row) {
        Set<String> groups = list(row, "signerGroups");
        return groups.isEmpty() ? row.item().groups() : groups;
    }

    /** Whether the task secures a right of the person: such a task is done, never put off by going back. */
    static boolean guardsRight(WorkItemRow row) {
        Map<String, String> properties = row.properties();
        return list(row, "guard").contains("rights")
                || !properties.getOrDefault("notice", "").isBlank();
    }

    /** Usernames that hold one of the groups, without the one who asks. */
    List<String> candidates(Collection<String> groups, String except) {
        return groups.stream()
                .filter(group -> group.indexOf('@') > 0)
                .flatMap(group -> {
                    int at = group.indexOf('@');
                    return accounts.holders(List.of(group.substring(0, at)), group.substring(at + 1)).stream()
                            .map(Account::username)
                            .filter(user -> accounts.qualified(user, group));
                })
                .filter(user -> !user.equals(except))
                .distinct()
                .sorted()
                .toList();
    }

    /** Enabled holders of the groups. */
    List<String> holders(Collection<String> groups) {
        return candidates(groups, "");
    }

    String name(String username) {
        return accounts.find(username).map(Account::displayName).orElse(username);
    }

    Viewer viewer(String username) {
        return accounts.viewer(username);
    }

    boolean enabled(String username) {
        return accounts.find(username).filter(Account::enabled).isPresent();
    }

    static Set<String> list(WorkItemRow row, String property) {
        var values = new TreeSet<String>();
        Stream.of(row.properties().getOrDefault(property, "").split(","))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .forEach(values::add);
        return values;
    }
}
