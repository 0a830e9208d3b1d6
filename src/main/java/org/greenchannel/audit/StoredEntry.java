package org.greenchannel.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/** A row with everything that goes into its digests, in the order of the columns. */
record StoredEntry(
        long id,
        int segment,
        long txid,
        long atMicros,
        UUID nonce,
        @Nullable String accountId,
        @Nullable String username,
        @Nullable String organisation,
        String action,
        @Nullable String caseId,
        @Nullable String object,
        String outcome,
        @Nullable String legalBasis,
        @Nullable String purpose,
        String detail,
        @Nullable String requestId,
        @Nullable String address,
        @Nullable String device,
        byte[] mac) {

    /** Columns as {@link #read} wants them. */
    static final String COLUMNS = "e.id, e.segment, e.txid, (extract(epoch from e.at) * 1000000)::bigint, e.nonce,"
            + " e.account_id, e.username, e.organisation, e.action, e.case_id, e.object, e.outcome, e.legal_basis,"
            + " e.purpose, e.detail, e.request_id, e.address, e.device, e.mac";

    /** Reads the columns starting after the given number of others; null when an outer join found no row. */
    static @Nullable StoredEntry read(ResultSet row, int before) throws SQLException {
        int c = before;
        long id = row.getLong(++c);
        if (row.wasNull()) {
            return null;
        }
        return new StoredEntry(
                id,
                row.getInt(++c),
                row.getLong(++c),
                row.getLong(++c),
                UUID.fromString(row.getString(++c)),
                row.getString(++c),
                row.getString(++c),
                row.getString(++c),
                row.getString(++c),
                row.getString(++c),
                row.getString(++c),
                row.getString(++c),
                row.getString(++c),
                row.getString(++c),
                row.getString(++c),
                row.getString(++c),
                row.getString(++c),
                row.getString(++c),
                row.getBytes(++c));
    }

    /** What the application knows when it writes the row: the part under the keyed digest. */
    void content(Canonical to) {
        to.add(nonce.getMostSignificantBits()).add(nonce.getLeastSignificantBits());
        to.add(accountId)
                .add(username)
                .add(organisation)
                .add(action)
                .add(caseId)
                .add(object);
        to.add(outcome).add(legalBasis).add(purpose).add(detail);
        to.add(requestId).add(address).add(device);
    }

    /** The keyed digest this row must have. */
    byte[] expectedMac(Mac key, Canonical buffer) {
        buffer.clear();
        content(buffer);
        buffer.into(key);
        return key.doFinal();
    }

    /** The whole row for the chain. */
    void chained(byte[] previous, long position, Canonical to) {
        to.clear();
        to.add(previous)
                .add(position)
                .add(id)
                .add(segment)
                .add(txid)
                .add(atMicros)
                .add(mac);
        content(to);
    }

    /** Whether this row must stand behind the other in the chain. */
    boolean isAfter(StoredEntry other) {
        if (segment != other.segment) {
            return segment > other.segment;
        }
        return txid != other.txid ? txid > other.txid : id > other.id;
    }
}
