package org.greenchannel.worklist;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.greenchannel.form.Forms.Answer;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Text;
import org.greenchannel.kernel.Viewer;
import org.jspecify.annotations.Nullable;

/**
 * The verbs of the work list beyond claim, release and complete. Each is a small operation in one transaction that keeps
 * the candidate groups, licences and separation of duties of the task, never skips a step, and says in the item's history
 * who did it, for whom and why. What a verb may not do it refuses with a problem that says so. See
 * {@code docs/modules/worklist-verbs.md} for the invariant of each.
 */
public interface WorkVerbs {

    /** 转办: another person of the task's groups has it from now on. */
    WorkItem assign(UUID id, String to, VerbCall call, Viewer viewer);

    /** 委派: another person prepares it and gives it back; only the owner completes it. */
    WorkItem delegate(UUID id, String to, VerbCall call, Viewer viewer);

    /** Gives a delegated item back, or takes it back as its owner; what was prepared becomes the owner's draft. */
    WorkItem giveBack(UUID id, VerbCall call, Viewer viewer);

    /** 会签 {@code ALL}, 或签 {@code ANY}, 依次 {@code SEQUENCE}: signatures that are asked for when the form is submitted. */
    WorkItem countersign(UUID id, String mode, List<String> signers, VerbCall call, Viewer viewer);

    /** 加签. @param phase {@code BEFORE} or {@code AFTER} the form is submitted */
    WorkItem addSigner(UUID id, String signer, String phase, VerbCall call, Viewer viewer);

    /** 减签: somebody who has not signed yet is not asked any more. */
    WorkItem removeSigner(UUID id, String signer, VerbCall call, Viewer viewer);

    /** Signs or refuses to. The last signature completes the task with what was submitted. */
    WorkItem sign(UUID id, boolean agree, VerbCall call, Viewer viewer);

    /** 退回. @param to {@code previous}, {@code starter} (the first step, or the earliest that can be done again) or the key of a passed task; answers the item that is open again */
    WorkItem sendBack(UUID id, String to, VerbCall call, Viewer viewer);

    /** Where the item may be sent back to, the last task first, and where not and why. */
    List<BackTarget> backTargets(UUID id, Viewer viewer);

    /**
     * A passed task.
     *
     * @param place {@code PREVIOUS} (the last step before this one), {@code FIRST} (the first step of the process),
     *     {@code EARLIEST} (not the first, but nothing before it can be done again) or null
     * @param refusal why the item cannot be sent back to it, or null
     */
    record BackTarget(
            String taskKey,
            Text name,
            @Nullable String completedBy,
            Instant completedAt,
            @Nullable String place,
            @Nullable Problem refusal) {}

    /**
     * 撤回: takes back what the viewer completed while nobody has started the next, or submitted while nobody has signed;
     * answers the item that is open again.
     */
    WorkItem withdraw(UUID id, VerbCall call, Viewer viewer);

    /** 抄送 to people who may read the case anyway. */
    WorkItem copy(UUID id, List<String> to, VerbCall call, Viewer viewer);

    /** 催办: those whose turn it is are told, at most once an hour. */
    WorkItem nudge(UUID id, VerbCall call, Viewer viewer);

    /** 暂停期限, where the law knows the reason. @param code one of the codes of the clock */
    WorkItem pauseClock(UUID id, String code, VerbCall call, Viewer viewer);

    /** The period goes on; its ends move by the length of the pause. */
    WorkItem resumeClock(UUID id, VerbCall call, Viewer viewer);

    /** A comment, encrypted; those it mentions are told. */
    Comment comment(UUID id, String text, List<String> mentions, VerbCall call, Viewer viewer);

    /** Comments on the item, the oldest first. */
    List<Comment> comments(UUID id, Viewer viewer);

    /** A comment. */
    record Comment(UUID id, String author, Instant at, String text, List<String> mentions) {}

    /** History of the item, the oldest first. */
    List<VerbEntry> history(UUID id, Viewer viewer);

    /** Where the item stands for the viewer and what he may do with it. */
    Standing standing(UUID id, Viewer viewer);

    /**
     * Where an item stands.
     *
     * @param handler whether the viewer handles it now
     * @param actsFor for whom he would do it as a deputy, or null
     * @param owner who delegated it and gets it back, or null
     * @param heldBy who submitted what waits for signatures, or null
     * @param mode {@code ALL}, {@code ANY}, {@code SEQUENCE} or null
     * @param signatures all signatures that were asked for
     * @param offers the verbs, with what stands against each
     * @param candidates usernames that a verb may name
     * @param pauseReasons codes for which its clock may be paused
     */
    record Standing(
            boolean handler,
            @Nullable String actsFor,
            @Nullable String owner,
            @Nullable String heldBy,
            @Nullable Instant heldAt,
            @Nullable String mode,
            List<Signature> signatures,
            List<Offer> offers,
            List<String> candidates,
            List<String> pauseReasons) {}

    /** A verb. @param refusal why it is not possible now, or null */
    record Offer(String verb, @Nullable Problem refusal) {}

    /** Open items that wait for a signature of the viewer, or of one whose deputy he is. */
    List<WorkItem> toSign(Viewer viewer);

    /**
     * What was submitted and waits for signatures, for whoever handles or signs it; reading it is audited. Empty when
     * nothing waits.
     */
    List<Answer> submitted(UUID id, Viewer viewer, Locale locale);

    /** Open items of those whose deputy the viewer is today, as far as he may handle them. */
    List<WorkItem> asDeputy(Viewer viewer);
}
