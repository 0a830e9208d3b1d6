package org.greenchannel.rights;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import java.util.UUID;
import org.greenchannel.casefile.CaseSummary;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.platform.FieldCipher;
import org.springframework.stereotype.Component;

/** Passes of visits: the id of a code and an end, sealed. Nothing is stored; a revoked code ends its visits at once. */
@Component
class Visits {

    /** Long enough to fill in a form, short enough for a borrowed phone. */
    static final Duration LENGTH = Duration.ofMinutes(30);

    private static final String PLACE = "rights.visit.pass";

    private final FieldCipher cipher;
    private final CodeTable codes;
    private final Clock clock;

    Visits(FieldCipher cipher, CodeTable codes, Clock clock) {
        this.cipher = cipher;
        this.codes = codes;
        this.clock = clock;
    }

    String pass(RightsCode code) {
        long end = clock.instant().plus(LENGTH).getEpochSecond();
        byte[] sealed = cipher.encrypt(code.id() + "|" + end, PLACE);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    /** Problem {@code rights-pass-over} when it is none, is over, or its code does not count any more. */
    RightsCode open(String pass) {
        try {
            String[] parts = cipher.decrypt(
                            Base64.getUrlDecoder().decode(pass.getBytes(StandardCharsets.US_ASCII)), PLACE)
                    .split("\\|");
            Instant now = clock.instant();
            if (Instant.ofEpochSecond(Long.parseLong(parts[1])).isAfter(now)) {
                return codes.find(UUID.fromString(parts[0]))
                        .filter(code -> code.valid(now))
                        .orElseThrow(() -> Problem.forbidden("rights-pass-over"));
            }
        } catch (IllegalArgumentException | IllegalStateException forged) {
            throw Problem.forbidden("rights-pass-over");
        }
        throw Problem.forbidden("rights-pass-over");
    }

    /** The holder as the audit log and the models know him: a role at the house that has the case, and no name. */
    static Viewer viewer(RightsCode code, CaseSummary file) {
        String name = "rights:" + code.holder().role();
        String house = file.hospital() == null ? code.organisation() : file.hospital();
        return new Viewer(code.id(), name, name, house, Set.of(code.holder().role()), Set.of());
    }
}
