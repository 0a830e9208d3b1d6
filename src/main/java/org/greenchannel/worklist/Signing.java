package org.greenchannel.worklist;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.greenchannel.form.Draft;
import org.greenchannel.form.Forms;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Several signatures on one task. The engine knows one task; what was submitted is held, encrypted, until everybody who
 * must has signed its digest, and then completes the task. What is refused or taken back begins a new round in which all
 * are asked again, so that no signature ever counts for other answers than those that were signed.
 */
@Component
class Signing {

    /** What the signatures have come to. */
    enum State {
        OPEN,
        COMPLETE,
        REFUSED
    }

    private static final String HELD = "held";

    private final HandlingTable table;
    private final VerbRules rules;
    private final Forms forms;
    private final JsonMapper json;
    private final Clock clock;

    Signing(HandlingTable table, VerbRules rules, Forms forms, JsonMapper json, Clock clock) {
        this.table = table;
        this.rules = rules;
        this.forms = forms;
        this.json = json;
        this.clock = clock;
    }

    static String heldScope(UUID item) {
        return "held:" + item;
    }

    /** Before the form is looked at: may it be submitted at all now, by this person? */
    void requireSubmittable(WorkItem item, Viewer viewer) {
        Handling handling = table.of(item.id());
        rules.requireFree(handling);
        List<Signature> all = table.signatures(item.id());
        if (all.stream().anyMatch(s -> s.active() && s.signer().equals(viewer.username()))) {
            throw Problem.conflict("is-signer", rules.name(viewer.username()));
        }
        List<Signature> before = all.stream()
                .filter(s -> s.before() && s.active() && !s.signed())
                .toList();
        if (!before.isEmpty()) {
            boolean refused = before.stream().anyMatch(s -> s.status().equals("REFUSED"));
            throw Problem.conflict(refused ? "signer-refused" : "signers-before", names(before));
        }
    }

    private String names(List<Signature> signatures) {
        return signatures.stream().map(s -> rules.name(s.signer())).collect(Collectors.joining("、"));
    }

    boolean needed(UUID item) {
        return after(item).stream().anyMatch(Signature::active);
    }

    /** Signatures of the present round that were asked for after the form. */
    List<Signature> after(UUID item) {
        int round = table.of(item).round();
        return table.signatures(item).stream()
                .filter(s -> !s.before() && s.round() == round)
                .toList();
    }

    /** Keeps what was submitted until it is signed. */
    void hold(WorkItem item, Map<String, ? extends @Nullable Object> data, Viewer viewer, @Nullable String actsFor) {
        // one level deeper than a draft, which never keeps a signature: this is submitted
        forms.saveDraft(heldScope(item.id()), viewer, Map.of(HELD, data), null);
        Handling h = table.of(item.id());
        table.save(new Handling(
                h.workItemId(),
                null,
                h.mode() == null ? "ALL" : h.mode(),
                h.round(),
                viewer.username(),
                actsFor,
                clock.instant(),
                digest(data),
                h.nudgedAt()));
    }

    Map<String, @Nullable Object> heldData(WorkItem item, Viewer holder) {
        Object held = forms.draft(heldScope(item.id()), holder)
                .map(Draft::data)
                .orElse(Map.of())
                .get(HELD);
        Map<String, @Nullable Object> data = new HashMap<>();
        if (held instanceof Map<?, ?> map) {
            map.forEach((key, value) -> data.put(String.valueOf(key), value));
        }
        return data;
    }

    private String digest(Map<String, ? extends @Nullable Object> data) {
        try {
            byte[] content = json.writeValueAsString(new TreeMap<>(data)).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The signature the viewer may give now, for himself or as a deputy; refused with the reason otherwise. */
    Signature slot(WorkItemRow row, Viewer viewer, java.util.Set<String> principals) {
        WorkItem item = row.item();
        Handling handling = table.of(item.id());
        List<Signature> all = table.signatures(item.id()).stream()
                .filter(s -> s.before() || s.round() == handling.round())
                .toList();
        Signature slot = all.stream()
                .filter(s -> s.pending() && s.signer().equals(viewer.username()))
                .findFirst()
                .or(() -> all.stream()
                        .filter(s -> s.pending() && principals.contains(s.signer()))
                        .findFirst())
                .orElseThrow(() -> all.stream()
                                .anyMatch(s -> s.active() && viewer.username().equals(s.signedBy()))
                        ? Problem.conflict("signed-already")
                        : Problem.forbidden("not-asked-to-sign"));
        boolean twice =
                all.stream().anyMatch(s -> s.active() && viewer.username().equals(s.signedBy()));
        if (twice) {
            throw Problem.conflict("signed-already");
        }
        boolean own = viewer.username().equals(item.assignee())
                || viewer.username().equals(handling.heldBy())
                || viewer.username().equals(handling.heldFor());
        if (own) {
            throw Problem.conflict("own-work");
        }
        if (!slot.before()) {
            if (!handling.held()) {
                throw Problem.conflict("sign-not-submitted");
            }
            Signature first = all.stream()
                    .filter(s -> !s.before() && s.pending())
                    .findFirst()
                    .orElse(slot);
            if ("SEQUENCE".equals(handling.mode()) && !first.id().equals(slot.id())) {
                throw Problem.conflict("sign-not-yet", rules.name(first.signer()));
            }
        }
        rules.requireSigner(row, viewer.username());
        rules.requireSeparate(row, slot.signer());
        return slot;
    }

    /** Records the answer and says what it leads to. */
    State answer(WorkItem item, Signature slot, boolean agree, Viewer viewer) {
        Handling handling = table.of(item.id());
        table.answer(slot.id(), agree ? "SIGNED" : "REFUSED", viewer.username(), handling.digest(), clock.instant());
        return slot.before() ? State.OPEN : state(item.id());
    }

    /** What the signatures after the form have come to, while it is held. */
    State state(UUID item) {
        Handling handling = table.of(item);
        List<Signature> active = after(item).stream().filter(Signature::active).toList();
        if (!handling.held() || active.isEmpty()) {
            return State.OPEN;
        }
        boolean any = "ANY".equals(handling.mode());
        boolean refused = active.stream().anyMatch(s -> s.status().equals("REFUSED"));
        if (any ? active.stream().anyMatch(Signature::signed) : active.stream().allMatch(Signature::signed)) {
            return State.COMPLETE;
        }
        boolean pending = active.stream().anyMatch(Signature::pending);
        return refused && (!any || !pending) ? State.REFUSED : State.OPEN;
    }

    /** Nobody needs to sign any more: the task completes. Returns who submitted. */
    void finish(WorkItem item) {
        Handling h = table.of(item.id());
        after(item.id()).stream().filter(Signature::pending).forEach(s -> table.status(s.id(), "LAPSED"));
        forms.dropDraft(heldScope(item.id()), rules.viewer(String.valueOf(h.heldBy())));
        table.save(new Handling(item.id(), null, h.mode(), h.round(), null, null, null, h.digest(), h.nudgedAt()));
    }

    /** Back to whoever submitted: signatures on these answers do not count any more, all are asked again in a new round. */
    void reopen(WorkItem item) {
        Handling h = table.of(item.id());
        Viewer holder = rules.viewer(String.valueOf(h.heldBy()));
        forms.saveDraft(Items.scope(item.id()), holder, heldData(item, holder), null);
        forms.dropDraft(heldScope(item.id()), holder);
        List<Signature> round = after(item.id());
        table.save(new Handling(item.id(), null, h.mode(), h.round() + 1, null, null, null, null, h.nudgedAt()));
        for (Signature s : round) {
            if (s.status().equals("REMOVED")) {
                continue;
            }
            if (!s.status().equals("REFUSED")) {
                table.status(s.id(), "VOIDED");
            }
            table.ask(item.id(), h.round() + 1, "AFTER", s.signer(), s.addedBy(), clock.instant());
        }
    }

    /** A task that is done again asks for the same signatures as before. */
    void askAgain(UUID earlier, UUID again) {
        Handling h = table.of(earlier);
        List<Signature> asked = table.signatures(earlier).stream()
                .filter(s -> s.before() || s.round() == h.round())
                .filter(s -> s.active() || s.status().equals("LAPSED"))
                .toList();
        if (asked.isEmpty()) {
            return;
        }
        table.save(new Handling(again, null, h.mode(), 1, null, null, null, null, null));
        asked.forEach(s -> table.ask(again, s.before() ? 0 : 1, s.phase(), s.signer(), s.addedBy(), clock.instant()));
    }
}
