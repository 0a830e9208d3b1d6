create schema if not exists casefile;

create table casefile.case_number (
    prefix text not null,
    year integer not null,
    last integer not null,
    constraint case_number_pk primary key (prefix, year)
);

create table casefile.case_file (
    case_file_id uuid not null,
    number text not null,
    process_key text not null,
    person_id uuid not null,
    area_code text not null,
    legal_status text,
    admission_type text,
    stage text,
    outcome text,
    hospital text,
    opened_by text not null,
    opened_at timestamptz not null,
    closed_at timestamptz,
    version integer not null default 0,
    constraint case_file_pk primary key (case_file_id),
    constraint case_file_number_uk unique (number)
);
create index case_file_opened_ix on casefile.case_file (opened_at desc, case_file_id);
create index case_file_area_ix on casefile.case_file (area_code text_pattern_ops, opened_at desc);
create index case_file_person_ix on casefile.case_file (person_id);

create table casefile.legal_status_change (
    case_file_id uuid not null references casefile.case_file,
    at timestamptz not null,
    position integer not null,
    from_status text,
    to_status text not null,
    basis text not null,
    constraint legal_status_change_pk primary key (case_file_id, position)
);

create table casefile.participant (
    case_file_id uuid not null references casefile.case_file,
    role text not null,
    organisation text not null,
    since timestamptz not null,
    constraint participant_pk primary key (case_file_id, role, organisation)
);
create index participant_organisation_ix on casefile.participant (organisation, case_file_id);

-- who was ever asked to do something on the case: the legitimate relationship of a viewer
create table casefile.involvement (
    group_name text not null,
    case_file_id uuid not null references casefile.case_file,
    constraint involvement_pk primary key (group_name, case_file_id)
);
create index involvement_case_ix on casefile.involvement (case_file_id);

create table casefile.timeline (
    timeline_id uuid not null,
    case_file_id uuid not null references casefile.case_file,
    at timestamptz not null,
    position bigint generated always as identity,
    kind text not null,
    title_zh text not null,
    title_en text not null,
    basis text not null,
    actor text,
    detail jsonb not null,
    constraint timeline_pk primary key (timeline_id)
);
create index timeline_case_ix on casefile.timeline (case_file_id, position desc);
create index timeline_kind_ix on casefile.timeline (case_file_id, kind, position desc);

-- the record is added to, never changed
create function casefile.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'the record of a case is never changed';
end $$;
create trigger timeline_fixed before update or delete on casefile.timeline
    for each row execute function casefile.refuse_change();
create trigger legal_status_fixed before update or delete on casefile.legal_status_change
    for each row execute function casefile.refuse_change();
