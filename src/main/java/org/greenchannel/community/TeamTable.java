package org.greenchannel.community;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Care teams by time. */
@Component
class TeamTable {

    private final JdbcClient jdbc;

    TeamTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Somebody who is to be in the team. */
    record Place(String role, String function, String organisation) {}

    Map<UUID, List<TeamMember>> current(Collection<UUID> registrations) {
        var teams = new HashMap<UUID, List<TeamMember>>();
        if (!registrations.isEmpty()) {
            jdbc.sql(
                            """
                    select registration_id, role, organisation from community.team_member
                    where registration_id in (:ids) and until is null order by role, organisation
                    """)
                    .param("ids", registrations)
                    .query((row, index) -> teams.computeIfAbsent(
                                    row.getObject("registration_id", UUID.class), id -> new ArrayList<>())
                            .add(new TeamMember(row.getString("role"), row.getString("organisation"))))
                    .list();
        }
        return teams;
    }

    /** Makes the team consist of exactly these. */
    void replace(UUID registration, List<Place> places, Instant at) {
        List<TeamMember> before = current(List.of(registration)).getOrDefault(registration, List.of());
        List<TeamMember> after = places.stream()
                .map(place -> new TeamMember(place.role(), place.organisation()))
                .toList();
        for (TeamMember gone : before) {
            if (!after.contains(gone)) {
                end(registration, gone, at);
            }
        }
        for (Place place : places) {
            if (!before.contains(new TeamMember(place.role(), place.organisation()))) {
                jdbc.sql(
                                """
                        insert into community.team_member (registration_id, role, function, organisation, since)
                        values (:id, :role, :function, :organisation, :at)
                        on conflict do nothing
                        """)
                        .param("id", registration)
                        .param("role", place.role())
                        .param("function", place.function())
                        .param("organisation", place.organisation())
                        .param("at", Timestamp.from(at))
                        .update();
            }
        }
    }

    private void end(UUID registration, TeamMember member, Instant at) {
        jdbc.sql(
                        """
                update community.team_member set until = :at
                where registration_id = :id and role = :role and organisation = :organisation and until is null
                """)
                .param("id", registration)
                .param("role", member.role())
                .param("organisation", member.organisation())
                .param("at", Timestamp.from(at))
                .update();
    }
}
