package org.greenchannel.help;

import java.sql.Timestamp;
import java.time.Clock;
import org.greenchannel.kernel.Viewer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Table {@code help.tour}. */
@Component
class StoredTours implements Tours {

    private static final String ACCOUNT = "account";

    private final JdbcClient jdbc;
    private final Clock clock;

    StoredTours(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    @Transactional(readOnly = true)
    public boolean offered(Viewer viewer) {
        return jdbc.sql("select 1 from help.tour where account_id = :account")
                .param(ACCOUNT, viewer.accountId())
                .query(Integer.class)
                .optional()
                .isEmpty();
    }

    @Override
    @Transactional
    public void note(Outcome outcome, Viewer viewer) {
        jdbc.sql(
                        """
                insert into help.tour as t (account_id, outcome, at) values (:account, :outcome, :at)
                on conflict (account_id) do update set outcome = excluded.outcome, at = excluded.at
                where t.outcome <> 'DONE'""")
                .param(ACCOUNT, viewer.accountId())
                .param("outcome", outcome.name())
                .param("at", Timestamp.from(clock.instant()))
                .update();
    }
}
