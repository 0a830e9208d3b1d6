package org.greenchannel.worklist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.Deputies;
import org.greenchannel.platform.ProblemRenderer;
import org.greenchannel.support.AppTest;
import org.greenchannel.support.TestClock;
import org.greenchannel.worklist.VerbProbe.Line;
import org.greenchannel.worklist.VerbProbe.Run;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/**
 * Random sequences of all verbs, right and wrong, by five people, against the real engine and database. After every action
 * the invariants of {@link VerbProbe#check} hold, a refusal changes nothing and explains itself in both languages, and in
 * the end every instance can still be finished. A failure names its seed: {@code -Dverbs.seed=<n>} plays it again.
 */
@AppTest
class WorkVerbsPropertyTests {

    private static final int SEQUENCES = Integer.getInteger("verbs.sequences", 120);
    private static final int STEPS = 14;
    private static final List<String> VERBS = List.of(
            "complete",
            "complete",
            "complete",
            "claim",
            "release",
            "assign",
            "delegate",
            "give-back",
            "countersign",
            "countersign",
            "add-before",
            "add-after",
            "add-after",
            "remove",
            "sign",
            "sign",
            "sign",
            "sign",
            "refuse",
            "send-back",
            "send-back",
            "withdraw",
            "withdraw",
            "deputy",
            "copy",
            "nudge");

    @Autowired
    private ApplicationContext context;

    @Autowired
    private WorkItems items;

    @Autowired
    private WorkVerbs verbs;

    @Autowired
    private Deputies deputies;

    @Autowired
    private ProblemRenderer problems;

    @Autowired
    private TestClock clock;

    @Autowired
    private HandlingTable handlings;

    private VerbProbe probe;
    private final Map<String, Viewer> viewers = new HashMap<>();

    @BeforeEach
    void open() {
        clock.reset();
        probe = new VerbProbe(context);
        probe.open();
        VerbProbe.PEOPLE.forEach(user -> viewers.put(user, probe.viewer(user)));
        viewers.put(VerbProbe.UNLICENSED, probe.viewer(VerbProbe.UNLICENSED));
    }

    @AfterEach
    void close() {
        probe.close();
    }

    @Test
    void noSequenceLosesDoublesOrBypassesAnything() {
        Integer only = Integer.getInteger("verbs.seed");
        Map<String, Integer> done = new HashMap<>();
        Map<String, Integer> refused = new HashMap<>();
        for (int seed = only == null ? 1 : only; seed <= (only == null ? SEQUENCES : only); seed++) {
            List<String> trail = new ArrayList<>();
            try {
                play(new Random(seed), trail, done, refused);
            } catch (AssertionError | RuntimeException e) {
                fail("seed " + seed + " after " + trail, e);
            }
        }
        if (only == null) {
            assertThat(done.keySet())
                    .as("every verb was done at least once: " + done + " refused " + refused)
                    .containsAll(VERBS);
            assertThat(refused.keySet())
                    .as("the guards were tried: " + refused)
                    .contains(
                            "separation-of-duties",
                            "not-qualified",
                            "guarded-right",
                            "signed-already",
                            "own-work",
                            "send-back-parallel",
                            "withdraw-started",
                            "is-delegated",
                            "waits-for-signatures");
        }
    }

    private void play(Random random, List<String> trail, Map<String, Integer> done, Map<String, Integer> refused) {
        Run run = probe.start();
        // some begin far on: among branches, inside the sub-process
        forward(run, random.nextInt(9));
        int audited = probe.audited(run);
        int answered = probe.answers(run);
        for (int i = 0; i < STEPS; i++) {
            String verb = VERBS.get(random.nextInt(VERBS.size()));
            String before = probe.fingerprint(run);
            try {
                int[] expected = act(verb, run, random, trail);
                done.merge(verb, 1, Integer::sum);
                audited += expected[0];
                answered += expected[1];
                assertThat(probe.audited(run))
                        .as("one audit entry for each action")
                        .isEqualTo(audited);
            } catch (Problem problem) {
                trail.add("  refused " + problem.type());
                assertThat(probe.fingerprint(run))
                        .as("a refusal changes nothing")
                        .isEqualTo(before);
                if (refused.merge(problem.type(), 1, Integer::sum) == 1) {
                    explained(problem);
                }
                continue;
            }
            probe.check(run);
            assertThat(probe.answers(run)).as("no signature lost or doubled").isEqualTo(answered);
        }
        finish(run, trail);
    }

    private void forward(Run run, int steps) {
        for (int i = 0; i < steps && !probe.openItems(run).isEmpty(); i++) {
            List<Line> open = probe.openItems(run);
            step(open.get(i % open.size()).id(), run);
        }
    }

    private void explained(Problem problem) {
        for (Locale locale : List.of(Locale.SIMPLIFIED_CHINESE, Locale.ENGLISH)) {
            var view = problems.view(problem, locale);
            var bare = problems.view(view.status(), locale);
            assertThat(view.detail())
                    .as(problem.type())
                    .isNotBlank()
                    .isNotEqualTo(bare.detail())
                    .doesNotContain("{");
        }
    }

    private <T> T any(Random random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private String person(Random random) {
        return random.nextInt(12) == 0 ? VerbProbe.UNLICENSED : any(random, VerbProbe.PEOPLE);
    }

    /** Does one thing. Returns how many audit entries and how many answers of signers must come of it. */
    private int[] act(String verb, Run run, Random random, List<String> trail) {
        List<Line> all = probe.items(run);
        List<Line> open = probe.openItems(run);
        if (open.isEmpty()) {
            throw Problem.conflict("work-item-closed", "x");
        }
        Line line = verb.equals("withdraw") || random.nextInt(10) == 0 ? any(random, all) : any(random, open);
        UUID id = line.id();
        String user = likely(verb, id, random);
        String other = person(random);
        Viewer viewer = viewers.get(user);
        Integer version = random.nextInt(15) == 0 ? Integer.valueOf(0) : null;
        var call = new VerbCall(version, null, "试验");
        trail.add(verb + " " + line.key() + " by " + user + " with " + other);
        switch (verb) {
            case "complete" -> {
                items.complete(id, Map.of(), version, null, viewer, Locale.ENGLISH);
            }
            case "claim" -> {
                WorkItem seen = items.get(id, viewer);
                items.claim(id, version, viewer);
                return new int[] {user.equals(seen.assignee()) ? 0 : 1, 0};
            }
            case "release" -> {
                WorkItem seen = items.get(id, viewer);
                items.release(id, version, viewer);
                return new int[] {seen.assignee() == null ? 0 : 1, 0};
            }
            case "assign" -> verbs.assign(id, other, call, viewer);
            case "delegate" -> verbs.delegate(id, other, call, viewer);
            case "give-back" -> verbs.giveBack(id, call, viewer);
            case "countersign" ->
                verbs.countersign(
                        id,
                        any(random, List.of("ALL", "ANY", "SEQUENCE")),
                        List.of(other, person(random)),
                        call,
                        viewer);
            case "add-before" -> verbs.addSigner(id, other, "BEFORE", call, viewer);
            case "add-after" -> verbs.addSigner(id, other, "AFTER", call, viewer);
            case "remove" -> {
                int done = completions(run);
                verbs.removeSigner(id, asked(id, random, other), call, viewer);
                return new int[] {1 + completions(run) - done, 0};
            }
            case "sign", "refuse" -> {
                int done = completions(run);
                verbs.sign(id, verb.equals("sign"), call, viewer);
                return new int[] {1 + completions(run) - done, 1};
            }
            case "send-back" ->
                verbs.sendBack(
                        id,
                        any(
                                random,
                                List.of(
                                        "previous",
                                        "previous",
                                        "starter",
                                        "Prepare",
                                        "Check",
                                        "Left",
                                        "First",
                                        "Tell")),
                        call,
                        viewer);
            case "withdraw" -> verbs.withdraw(id, call, viewer);
            case "deputy" -> {
                LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneId.of("Asia/Shanghai"));
                var mine = deputies.of(viewer).stream()
                        .filter(d -> d.revokedAt() == null)
                        .toList();
                if (!mine.isEmpty() && random.nextBoolean()) {
                    deputies.revoke(any(random, mine).id(), viewer);
                } else {
                    deputies.appoint(other, today, today.plusDays(3), viewer);
                }
                return new int[] {0, 0};
            }
            case "copy" -> verbs.copy(id, List.of(other), call, viewer);
            case "nudge" -> verbs.nudge(id, call, viewer);
            default -> throw new IllegalArgumentException(verb);
        }
        return new int[] {1, 0};
    }

    /** Mostly somebody who may, so that the sequences get somewhere; sometimes anybody. */
    private String likely(String verb, UUID id, Random random) {
        if (random.nextInt(5) == 0) {
            return any(random, VerbProbe.PEOPLE);
        }
        if (verb.equals("sign") || verb.equals("refuse")) {
            List<String> pending = handlings.signatures(id).stream()
                    .filter(Signature::pending)
                    .map(Signature::signer)
                    .toList();
            return pending.isEmpty() ? any(random, VerbProbe.PEOPLE) : pending.get(0);
        }
        WorkItem item = items.find(id).orElseThrow();
        if (verb.equals("withdraw") && item.closedBy() != null) {
            return item.closedBy();
        }
        return item.assignee() != null ? item.assignee() : any(random, VerbProbe.PEOPLE);
    }

    private String asked(UUID id, Random random, String otherwise) {
        List<Signature> active =
                handlings.signatures(id).stream().filter(Signature::active).toList();
        return active.isEmpty() ? otherwise : any(random, active).signer();
    }

    private int completions(Run run) {
        return (int) probe.items(run).stream()
                .filter(item -> item.status().equals("DONE"))
                .count();
    }

    /** Whatever happened, the instance can be brought to its end by the ordinary verbs. */
    private void finish(Run run, List<String> trail) {
        for (int i = 0; i < 120; i++) {
            List<Line> open = probe.openItems(run);
            if (open.isEmpty()) {
                return;
            }
            trail.add("finish " + open.get(0).key());
            step(open.get(0).id(), run);
        }
        fail("does not come to an end");
    }

    private void step(UUID id, Run run) {
        WorkItem item = items.find(id).orElseThrow();
        Handling handling = handlings.of(id);
        var call = new VerbCall(null, null, "办结");
        List<Signature> pending = handlings.signatures(id).stream()
                .filter(s -> s.active() && !s.signed())
                .filter(s -> s.before() || s.round() == handling.round())
                .toList();
        if (handling.delegated()) {
            verbs.giveBack(id, call, viewers.get(handling.owner()));
        } else if (handling.held()) {
            sign(id, pending.stream().filter(Signature::pending).findFirst().orElseThrow(), call);
        } else if (pending.stream().anyMatch(Signature::before)) {
            Signature first =
                    pending.stream().filter(Signature::before).findFirst().orElseThrow();
            if (first.pending()) {
                sign(id, first, call);
            } else {
                handler(id, item, viewer -> verbs.removeSigner(id, first.signer(), call, viewer));
            }
        } else {
            handler(id, item, viewer -> items.complete(id, Map.of(), null, null, viewer, Locale.ENGLISH));
        }
        probe.check(run);
    }

    private void sign(UUID id, Signature slot, VerbCall call) {
        verbs.sign(id, true, call, viewers.get(slot.signer()));
    }

    private interface Doing {
        void by(Viewer viewer);
    }

    /** Whoever may, or who has to hand it over to somebody who may. */
    private void handler(UUID id, WorkItem item, Doing doing) {
        List<String> people = item.assignee() == null ? VerbProbe.PEOPLE : List.of(item.assignee());
        Problem last = null;
        for (String user : people) {
            try {
                doing.by(viewers.get(user));
                return;
            } catch (Problem refused) {
                last = refused;
            }
        }
        if (item.assignee() == null) {
            throw last == null ? new IllegalStateException() : last;
        }
        for (String other : VerbProbe.PEOPLE) {
            try {
                verbs.assign(id, other, new VerbCall(null, null, "办结"), viewers.get(item.assignee()));
                return;
            } catch (Problem refused) {
                last = refused;
            }
        }
        throw last;
    }
}
