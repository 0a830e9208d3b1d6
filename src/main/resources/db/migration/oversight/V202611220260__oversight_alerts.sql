create schema if not exists oversight;

create table oversight.alert (
    alert_id uuid not null,
    case_file_id uuid not null,
    kind text not null,
    basis text not null,
    groups text[] not null,
    process_key text not null,
    activity_id text not null,
    raised_at timestamptz not null,
    seen_at timestamptz,
    seen_by text,
    constraint alert_pk primary key (alert_id),
    constraint alert_seen_ck check ((seen_at is null) = (seen_by is null))
);
create index alert_raised_ix on oversight.alert (raised_at desc, alert_id);
create index alert_open_ix on oversight.alert (raised_at desc, alert_id) where seen_at is null;
create index alert_case_ix on oversight.alert (case_file_id);
create index alert_groups_ix on oversight.alert using gin (groups);

-- the search over the history of all cases reads what casefile wrote
create index timeline_history_ix on casefile.timeline (position desc);
create index timeline_actor_ix on casefile.timeline (actor, position desc);
