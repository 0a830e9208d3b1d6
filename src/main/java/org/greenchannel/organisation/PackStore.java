package org.greenchannel.organisation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.greenchannel.kernel.Text;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tables of areas, organisations, bindings and rings. Nothing is deleted: what a pack no longer names is inactive. */
@Component
class PackStore {

    /** Two nodes that start together load one after the other. */
    private static final long LOCK = 0x6763_7061_636bL;

    private final JdbcClient jdbc;
    private final Clock clock;

    PackStore(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    void lock() {
        jdbc.sql("select pg_advisory_xact_lock(:lock)")
                .param("lock", LOCK)
                .query((row, number) -> 1)
                .single();
    }

    Optional<String> checksum(String name) {
        return jdbc.sql("select checksum from organisation.pack where name = :name")
                .param("name", name)
                .query(String.class)
                .optional();
    }

    void loaded(String name, String checksum) {
        jdbc.sql(
                        """
                        insert into organisation.pack (name, checksum, loaded_at) values (:name, :checksum, :at)
                        on conflict (name) do update set checksum = excluded.checksum, loaded_at = excluded.loaded_at""")
                .param("name", name)
                .param("checksum", checksum)
                .param("at", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .update();
    }

    void roles(RoleBook roles) {
        jdbc.sql("update organisation.role set active = false").update();
        for (RoleBook.Role role : roles.all().values()) {
            jdbc.sql(
                            """
                            insert into organisation.role (code, name_zh, name_en, sign_in, admin, active)
                            values (:code, :zh, :en, :signIn, :admin, true)
                            on conflict (code) do update set name_zh = excluded.name_zh, name_en = excluded.name_en,
                              sign_in = excluded.sign_in, admin = excluded.admin, active = true""")
                    .param("code", role.code())
                    .param("zh", role.name().zh())
                    .param("en", role.name().en())
                    .param("signIn", role.signIn())
                    .param("admin", role.admin())
                    .update();
        }
    }

    void write(Pack pack) {
        for (String table : List.of("area", "organisation", "function_binding", "ring")) {
            jdbc.sql("update organisation." + table + " set active = false").update();
        }
        int position = 0;
        for (Area area : pack.areas()) {
            write(area, position++);
        }
        for (Organisation organisation : pack.organisations()) {
            write(organisation, position++);
        }
        for (Pack.Binding binding : pack.bindings()) {
            write(binding, position++);
        }
        for (Pack.RingEntry entry : pack.rings()) {
            write(entry, position++);
        }
    }

    private void write(Area area, int position) {
        jdbc.sql(
                        """
                        insert into organisation.area (code, name_zh, name_en, parent, level, position, active)
                        values (:code, :zh, :en, :parent, :level, :position, true)
                        on conflict (code) do update set name_zh = excluded.name_zh, name_en = excluded.name_en,
                          parent = excluded.parent, level = excluded.level, position = excluded.position, active = true""")
                .param("code", area.code())
                .param("zh", area.name().zh())
                .param("en", area.name().en())
                .param("parent", area.parent())
                .param("level", area.level())
                .param("position", position)
                .update();
    }

    private void write(Organisation one, int position) {
        jdbc.sql(
                        """
                        insert into organisation.organisation
                          (code, name_zh, name_en, type, area, phone, traits, position, active)
                        values (:code, :zh, :en, :type, :area, :phone, string_to_array(:traits, ','), :position, true)
                        on conflict (code) do update set name_zh = excluded.name_zh, name_en = excluded.name_en,
                          type = excluded.type, area = excluded.area, phone = excluded.phone, traits = excluded.traits,
                          position = excluded.position, active = true""")
                .param("code", one.code())
                .param("zh", one.name().zh())
                .param("en", one.name().en())
                .param("type", one.type())
                .param("area", one.area())
                .param("phone", one.phone())
                .param("traits", String.join(",", one.traits()))
                .param("position", position)
                .update();
    }

    private void write(Pack.Binding binding, int position) {
        jdbc.sql(
                        """
                        insert into organisation.function_binding
                          (function, organisation, area, valid_from, valid_until, service, position, active)
                        values (:function, :organisation, :area, :from, :until, :service, :position, true)
                        on conflict (function, organisation, area, valid_from) do update set
                          valid_until = excluded.valid_until, service = excluded.service,
                          position = excluded.position, active = true""")
                .param("function", binding.function())
                .param("organisation", binding.organisation())
                .param("area", binding.area())
                .param("from", binding.from())
                .param("until", binding.until())
                .param("service", binding.service())
                .param("position", position)
                .update();
    }

    private void write(Pack.RingEntry entry, int position) {
        jdbc.sql(
                        """
                        insert into organisation.ring (target, area, organisation, position, active)
                        values (:target, :area, :organisation, :position, true)
                        on conflict (target, area, organisation) do update set
                          position = excluded.position, active = true""")
                .param("target", entry.target())
                .param("area", entry.area())
                .param("organisation", entry.organisation())
                .param("position", position)
                .update();
    }

    Directory read() {
        Set<String> inactive = new HashSet<>(jdbc.sql("select code from organisation.organisation where not active")
                .query(String.class)
                .list());
        return new Directory(
                jdbc.sql("select * from organisation.area where active order by position")
                        .query(PackStore::area)
                        .list(),
                jdbc.sql("select * from organisation.organisation order by position")
                        .query(PackStore::organisation)
                        .list(),
                inactive,
                jdbc.sql("select * from organisation.function_binding where active order by position")
                        .query(PackStore::binding)
                        .list(),
                jdbc.sql("select * from organisation.ring where active order by position")
                        .query((row, number) -> new Pack.RingEntry(
                                row.getString("target"), row.getString("area"), row.getString("organisation")))
                        .list());
    }

    private static Area area(ResultSet row, int number) throws SQLException {
        return new Area(row.getString("code"), name(row), row.getString("parent"), row.getString("level"));
    }

    private static Organisation organisation(ResultSet row, int number) throws SQLException {
        return new Organisation(
                row.getString("code"),
                name(row),
                row.getString("type"),
                row.getString("area"),
                row.getString("phone"),
                Set.of((String[]) row.getArray("traits").getArray()));
    }

    private static Pack.Binding binding(ResultSet row, int number) throws SQLException {
        return new Pack.Binding(
                row.getString("function"),
                row.getString("organisation"),
                row.getString("area"),
                row.getObject("valid_from", LocalDate.class),
                row.getObject("valid_until", LocalDate.class),
                row.getBoolean("service"));
    }

    private static Text name(ResultSet row) throws SQLException {
        return new Text(row.getString("name_zh"), row.getString("name_en"));
    }
}
