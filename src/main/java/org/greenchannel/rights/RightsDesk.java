package org.greenchannel.rights;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.greenchannel.form.FormView;
import org.greenchannel.kernel.Text;
import org.jspecify.annotations.Nullable;

/**
 * What the holder of a code sees and does. Every method takes the pass of the visit; problem {@code rights-pass-over} when
 * its time is over or the code was revoked meanwhile.
 */
public interface RightsDesk {

    /**
     * The page. Says nothing of diagnosis and treatment and names nobody.
     *
     * @param status legal status by its name, or null before the first
     * @param plain what that means
     * @param basis articles, short form, or empty
     * @param since when the status began
     * @param hospital where, or null
     * @param phone telephone there, or null
     */
    record Sheet(
            String caseNumber,
            Holder holder,
            @Nullable Text status,
            Text plain,
            String basis,
            @Nullable Instant since,
            @Nullable Text hospital,
            @Nullable String phone,
            Instant codeEnds,
            List<Date> dates,
            List<Notice> notices,
            List<Remedy> remedies,
            List<Receipt> receipts,
            List<Phone> phones) {}

    /**
     * A date that concerns the holder.
     *
     * @param overdue whether it is past
     * @param later further dates of the same kind, in order: an assessment comes again and again
     */
    record Date(Text what, Instant until, String basis, boolean overdue, List<Instant> later) {}

    /** A notice that was served to the holder. */
    record Notice(UUID id, Text title, String number, String language, Instant deliveredAt) {}

    /**
     * A way to object.
     *
     * @param form form by which it can be filed here now, or null
     * @param underWay whether it is being dealt with already
     */
    record Remedy(String id, Text title, Text text, String basis, @Nullable String form, boolean underWay) {}

    /** What was filed with this code. */
    record Receipt(String number, String form, Text what, Instant at) {}

    /** A number to call. */
    record Phone(Text name, String number) {}

    /** A form the holder can fill in. */
    record Ask(Remedy remedy, FormView view) {}

    /** The page; the look is recorded. */
    Sheet sheet(String pass);

    /** A copy of a notice that was served to the holder; problem {@code document-unknown} for any other paper. */
    byte[] notice(String pass, UUID documentId);

    /** Whether this request was filed by this visit's code already: what a second click is answered with. */
    boolean filed(String pass, String form, String requestId);

    /** The form of a remedy; problem {@code rights-not-offered}. */
    Ask ask(String pass, String form, Locale locale);

    /**
     * Files it. The same request id gets the first receipt again; problem {@code rights-under-way} when the same is being
     * dealt with, {@code rights-not-offered}, {@code form-invalid}.
     */
    Receipt file(
            String pass,
            String form,
            Map<String, ? extends @Nullable Object> data,
            @Nullable String requestId,
            Locale locale);
}
