package org.greenchannel.audit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.greenchannel.kernel.Page;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.platform.KeyRing;
import org.greenchannel.platform.RequestContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Writes rows in the transaction of the action and finds them again. */
@Component
class ChainedAuditLog implements AuditLog {

    private static final Logger LOG = LoggerFactory.getLogger(ChainedAuditLog.class);
    private static final int MOST = 100;

    private static final String INSERT =
            """
            insert into audit.entry (segment, nonce, account_id, username, organisation, action, case_id, object,
              outcome, legal_basis, purpose, detail, request_id, address, device, mac)
            values ((select coalesce(max(number), 0) from audit.segment), ?, ?::uuid, ?, ?, ?, ?::uuid, ?,
              ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private final JdbcTemplate jdbc;
    private final ApartConnections apart;
    private final JsonMapper json;
    private final KeyRing keys;
    private final ChainSealer sealer;
    private final ChainVerifier verifier;

    ChainedAuditLog(
            JdbcTemplate jdbc,
            ApartConnections apart,
            JsonMapper json,
            KeyRing keys,
            ChainSealer sealer,
            ChainVerifier verifier) {
        this.jdbc = jdbc;
        this.apart = apart;
        this.json = json;
        this.keys = keys;
        this.sealer = sealer;
        this.verifier = verifier;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void record(@Nullable Viewer viewer, AuditEntry entry) {
        insert(jdbc, viewer, entry);
    }

    @Override
    public void recordApart(@Nullable Viewer viewer, AuditEntry entry) {
        apart.transaction().executeWithoutResult(status -> insert(apart.jdbc(), viewer, entry));
    }

    private void insert(JdbcTemplate connections, @Nullable Viewer viewer, AuditEntry entry) {
        var request = RequestContext.current();
        var row = new StoredEntry(
                0,
                0,
                0,
                0,
                UUID.randomUUID(),
                viewer == null ? null : viewer.accountId().toString(),
                viewer == null ? null : viewer.username(),
                viewer == null ? null : viewer.organisation(),
                entry.action(),
                entry.caseId() == null ? null : entry.caseId().toString(),
                entry.object(),
                entry.outcome().name(),
                entry.legalBasis(),
                entry.purpose(),
                json.writeValueAsString(new TreeMap<>(entry.detail())),
                request == null ? null : request.requestId(),
                request == null ? null : request.address(),
                request == null ? null : request.device(),
                new byte[0]);
        byte[] mac = row.expectedMac(keys.mac("audit/entry"), new Canonical());
        try {
            connections.update(
                    INSERT,
                    row.nonce(),
                    row.accountId(),
                    row.username(),
                    row.organisation(),
                    row.action(),
                    row.caseId(),
                    row.object(),
                    row.outcome(),
                    row.legalBasis(),
                    row.purpose(),
                    row.detail(),
                    row.requestId(),
                    row.address(),
                    row.device(),
                    mac);
        } catch (DataAccessException e) {
            LOG.error(
                    "The audit log refused a row of action {}: {}",
                    entry.action(),
                    e.getClass().getName());
            throw Problem.unavailable("audit-unavailable").with("retryAfter", 3);
        }
    }

    @Override
    @Transactional(readOnly = true)
    public Page<AuditRow> search(AuditQuery query) {
        int limit = Math.max(1, Math.min(query.limit(), MOST));
        var conditions = new ArrayList<String>();
        var values = new ArrayList<Object>();
        add(conditions, values, "e.case_id = ?", query.caseId());
        add(conditions, values, "e.username = ?", query.username());
        add(conditions, values, "e.action = ?", query.action());
        add(conditions, values, "e.at >= ?", at(query.from()));
        add(conditions, values, "e.at < ?", at(query.to()));
        add(conditions, values, "e.id < ?", position(query.cursor()));
        String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        List<AuditRow> rows = jdbc.query(
                "select " + StoredEntry.COLUMNS + ", s.position, s.hash from audit.entry e"
                        + " left join audit.seal s on s.entry_id = e.id" + where + " order by e.id desc limit "
                        + (limit + 1),
                (row, n) -> {
                    StoredEntry entry = java.util.Objects.requireNonNull(StoredEntry.read(row, 0));
                    long place = row.getLong(20);
                    byte[] hash = row.getBytes(21);
                    return row(entry, hash == null ? null : place, hash);
                },
                values.toArray());
        boolean more = rows.size() > limit;
        List<AuditRow> page = more ? rows.subList(0, limit) : rows;
        return new Page<>(page, more ? cursor(page.get(limit - 1).id()) : null);
    }

    private AuditRow row(StoredEntry entry, @Nullable Long position, byte @Nullable [] hash) {
        return new AuditRow(
                entry.id(),
                Instant.ofEpochSecond(0, entry.atMicros() * 1000),
                uuid(entry.accountId()),
                entry.username(),
                entry.organisation(),
                entry.action(),
                uuid(entry.caseId()),
                entry.object(),
                entry.outcome(),
                entry.legalBasis(),
                entry.purpose(),
                detail(entry.detail()),
                entry.requestId(),
                entry.address(),
                position,
                hash == null ? null : HexFormat.of().formatHex(hash));
    }

    private Map<String, String> detail(String text) {
        var detail = new TreeMap<String, String>();
        json.readTree(text)
                .properties()
                .forEach(e -> detail.put(e.getKey(), e.getValue().asString()));
        return detail;
    }

    private static void add(List<String> conditions, List<Object> values, String condition, @Nullable Object value) {
        if (value != null) {
            conditions.add(condition);
            values.add(value);
        }
    }

    private static @Nullable OffsetDateTime at(@Nullable Instant moment) {
        return moment == null ? null : OffsetDateTime.ofInstant(moment, ZoneOffset.UTC);
    }

    private static @Nullable UUID uuid(@Nullable String text) {
        return text == null ? null : UUID.fromString(text);
    }

    private static String cursor(long id) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Long.toString(id).getBytes(StandardCharsets.US_ASCII));
    }

    private static @Nullable Long position(@Nullable String cursor) {
        if (cursor == null || cursor.isBlank()) {
            return null;
        }
        try {
            return Long.valueOf(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest("bad-parameter", "cursor");
        }
    }

    @Override
    public int seal() {
        return sealer.seal();
    }

    @Override
    public Verification verify() {
        return verifier.verify();
    }
}
