-- processes of a case: the case is open while one runs or the person is in hospital
create table casefile.case_process (
    process_instance_id text not null,
    case_file_id uuid not null references casefile.case_file,
    process_key text not null,
    position bigint generated always as identity,
    started_at timestamptz not null,
    ended_at timestamptz,
    outcome text,
    constraint case_process_pk primary key (process_instance_id)
);
create index case_process_case_ix on casefile.case_process (case_file_id, position);

-- one matter that came out of another: read in both directions
create table casefile.case_link (
    case_file_id uuid not null references casefile.case_file,
    origin_id uuid not null references casefile.case_file,
    kind text not null,
    at timestamptz not null,
    constraint case_link_pk primary key (case_file_id, origin_id, kind),
    constraint case_link_kind_ck check (kind in ('FOLLOWS', 'PART_OF', 'CAUSED_BY')),
    constraint case_link_other_ck check (case_file_id <> origin_id)
);
create index case_link_origin_ix on casefile.case_link (origin_id);

create index case_file_person_open_ix on casefile.case_file (person_id, opened_at) where closed_at is null;

-- what ran before this table existed
do $$
begin
    if to_regclass('act_hi_procinst') is not null then
        insert into casefile.case_process (process_instance_id, case_file_id, process_key, started_at, ended_at)
        select p.proc_inst_id_, c.case_file_id, p.proc_def_key_, p.start_time_, p.end_time_
        from act_hi_procinst p join casefile.case_file c on c.case_file_id::text = p.business_key_
        where p.super_process_instance_id_ is null
        order by p.start_time_;
    end if;
end $$;
