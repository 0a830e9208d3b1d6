package org.greenchannel.document;

import static org.mockito.Mockito.mock;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.casefile.CaseProcesses;
import org.greenchannel.clock.LegalClocks;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.ModuleDatabase;
import org.greenchannel.platform.FieldCipher;
import org.springframework.transaction.support.TransactionTemplate;

/** The module on a real database, with the neighbours of {@link PaperFixture}. */
class DocumentFixture extends PaperFixture {

    private static final ModuleDatabase DATABASE = new ModuleDatabase("document");

    static final Viewer DOCTOR = new Viewer(
            UUID.fromString("00000000-0000-4000-8000-000000000009"),
            "nurse-1",
            "护士一",
            "zz-hosp-8",
            Set.of("ward-nurse"),
            Set.of());

    final AuditLog audit = mock();
    final LegalClocks clocks = mock();
    final CaseProcesses processes = mock();
    final PaperTable papers = new PaperTable(DATABASE.jdbc());
    final ServiceTable services = new ServiceTable(DATABASE.jdbc());
    final TransactionTemplate transaction = DATABASE.transaction();
    final StoredDocuments documents = new StoredDocuments(
            blueprints,
            data,
            format,
            press,
            papers,
            new PaperSeal(new TurnedAround()),
            new CopyStamp(fonts),
            services,
            cases,
            audit,
            Clock.fixed(NOW, ZoneOffset.UTC),
            ZONE,
            "https://green-channel.example");
    final RightsReceipt receipt =
            new RightsReceipt(documents, blueprints, services, cases, clocks, format, processes, ZONE);

    static int sql(String statement, Object... params) {
        return DATABASE.jdbc().sql(statement).params(params).update();
    }

    /** Not secret, but refuses another place like the real one. */
    private static final class TurnedAround implements FieldCipher {
        @Override
        public byte[] encrypt(String value, String place) {
            return new StringBuilder(place + "\n" + value).reverse().toString().getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String decrypt(byte[] sealed, String place) {
            String plain = new StringBuilder(new String(sealed, StandardCharsets.UTF_8))
                    .reverse()
                    .toString();
            if (!plain.startsWith(place + "\n")) {
                throw new IllegalStateException("moved");
            }
            return plain.substring(place.length() + 1);
        }

        @Override
        public byte[] encryptBytes(byte[] value, String place) {
            throw new UnsupportedOperationException();
        }

        @Override
        public byte[] decryptBytes(byte[] sealed, String place) {
            throw new UnsupportedOperationException();
        }

        @Override
        public byte[] blindIndex(String value, String purpose) {
            return Arrays.copyOf(value.getBytes(StandardCharsets.UTF_8), 16);
        }
    }
}
