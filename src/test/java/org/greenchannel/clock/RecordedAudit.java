package org.greenchannel.clock;

import java.util.ArrayList;
import java.util.List;
import org.greenchannel.audit.AuditEntry;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.audit.AuditQuery;
import org.greenchannel.audit.AuditRow;
import org.greenchannel.audit.Verification;
import org.greenchannel.kernel.Page;
import org.greenchannel.kernel.Viewer;

/** Keeps what was recorded. */
class RecordedAudit implements AuditLog {

    final List<AuditEntry> entries = new ArrayList<>();

    @Override
    public void record(Viewer viewer, AuditEntry entry) {
        entries.add(entry);
    }

    @Override
    public void recordApart(Viewer viewer, AuditEntry entry) {
        entries.add(entry);
    }

    @Override
    public Page<AuditRow> search(AuditQuery query) {
        return new Page<>(List.of(), null);
    }

    @Override
    public int seal() {
        return 0;
    }

    @Override
    public Verification verify() {
        throw new UnsupportedOperationException();
    }
}
