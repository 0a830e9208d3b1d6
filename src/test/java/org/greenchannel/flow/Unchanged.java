package org.greenchannel.flow;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a refused request must leave as it was: counts of everything that is written when something happens. */
final class Unchanged {

    private static final Map<String, String> EVERYWHERE = new LinkedHashMap<>();
    private static final Map<String, String> OF_CASE = new LinkedHashMap<>();

    static {
        EVERYWHERE.put("cases", "select count(*)::text from casefile.case_file");
        EVERYWHERE.put("numbers", "select coalesce(sum(last), 0)::text from casefile.case_number");
        EVERYWHERE.put("persons", "select count(*)::text from person.person");
        EVERYWHERE.put("person versions", "select count(*)::text from person.version");
        EVERYWHERE.put("submissions", "select count(*)::text from form.submission");
        EVERYWHERE.put("instances", "select count(*)::text from act_hi_procinst");
        EVERYWHERE.put("kept answers", "select count(*)::text from platform.idempotency");
        OF_CASE.put(
                "case",
                "select coalesce(string_agg(c::text, ';'), '') from casefile.case_file c where c.number = :number");
        OF_CASE.put(
                "work items",
                "select coalesce(string_agg(w.work_item_id::text || w.status || w.version, ';' order by w.work_item_id), '')"
                        + " from worklist.work_item w where w.case_number = :number");
        OF_CASE.put(
                "timeline",
                "select count(*)::text from casefile.timeline t join casefile.case_file c using (case_file_id)"
                        + " where c.number = :number");
        OF_CASE.put(
                "tasks",
                "select count(*)::text from act_ru_task t join act_hi_procinst p on p.proc_inst_id_ = t.proc_inst_id_"
                        + " join casefile.case_file c on c.case_file_id::text = p.business_key_ where c.number = :number");
        OF_CASE.put(
                "variables",
                "select count(*)::text from act_ru_variable v join act_hi_procinst p on p.proc_inst_id_ = v.proc_inst_id_"
                        + " join casefile.case_file c on c.case_file_id::text = p.business_key_ where c.number = :number");
        OF_CASE.put(
                "papers",
                "select count(*)::text from document.paper d join casefile.case_file c on c.case_file_id = d.case_id"
                        + " where c.number = :number");
        OF_CASE.put(
                "actions in the log",
                "select count(*)::text from audit.entry e join casefile.case_file c on c.case_file_id = e.case_id"
                        + " where c.number = :number and e.outcome = 'DONE' and e.action not in ('case.look', 'case.timeline',"
                        + " 'case.clocks', 'case.documents', 'case.submissions', 'case.diagram')");
    }

    private final JdbcClient jdbc;

    Unchanged(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The state to compare with; {@code number} may be empty. */
    Map<String, String> look(String number) {
        Map<String, String> state = new LinkedHashMap<>();
        EVERYWHERE.forEach(
                (name, sql) -> state.put(name, jdbc.sql(sql).query(String.class).single()));
        OF_CASE.forEach((name, sql) -> state.put(
                name, jdbc.sql(sql).param("number", number).query(String.class).single()));
        return state;
    }
}
