package org.greenchannel.casefile;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Rows of the processes that ran or run in a case, called ones left out. */
@Component
class RunTable {

    private static final int MOST = 500;

    private final JdbcClient jdbc;

    RunTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void started(UUID caseId, String processKey, String instance, Instant at) {
        jdbc.sql(
                        """
                insert into casefile.case_process (process_instance_id, case_file_id, process_key, started_at)
                select :instance, case_file_id, :process, :at from casefile.case_file where case_file_id = :caseId
                on conflict do nothing
                """)
                .param("instance", instance)
                .param("caseId", caseId)
                .param("process", processKey)
                .param("at", Timestamp.from(at))
                .update();
    }

    void ended(String instance, Instant at) {
        jdbc.sql(
                        "update casefile.case_process set ended_at = :at where process_instance_id = :instance and ended_at is null")
                .param("at", Timestamp.from(at))
                .param("instance", instance)
                .update();
    }

    /** Whether anything runs in the case. */
    boolean running(UUID caseId) {
        return jdbc.sql(
                        "select exists (select 1 from casefile.case_process where case_file_id = :caseId and ended_at is null)")
                .param("caseId", caseId)
                .query(Boolean.class)
                .single();
    }

    /** Whether this process runs in the case. */
    boolean running(UUID caseId, String processKey) {
        return jdbc.sql(
                        """
                select exists (select 1 from casefile.case_process
                where case_file_id = :caseId and process_key = :process and ended_at is null)
                """)
                .param("caseId", caseId)
                .param("process", processKey)
                .query(Boolean.class)
                .single();
    }

    /** The first instance: the one the case was opened with. */
    Optional<String> first(UUID caseId) {
        return jdbc.sql(
                        "select process_instance_id from casefile.case_process where case_file_id = :caseId order by position limit 1")
                .param("caseId", caseId)
                .query(String.class)
                .optional();
    }

    /** Keys of the processes that run in the case. */
    List<String> keys(UUID caseId) {
        return jdbc.sql(
                        """
                select distinct process_key from casefile.case_process
                where case_file_id = :caseId and ended_at is null order by process_key limit :most
                """)
                .param("caseId", caseId)
                .param("most", MOST)
                .query(String.class)
                .list();
    }
}
