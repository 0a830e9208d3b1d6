-- people who could leave hospital and have nobody or nowhere to go to: reviewed every week until they leave
create table oversight.delayed_discharge (
    case_file_id uuid not null,
    reason text not null,
    since timestamptz not null,
    reviewed_at timestamptz not null,
    next_review date,
    ended_at timestamptz,
    constraint delayed_discharge_pk primary key (case_file_id)
);
comment on column oversight.delayed_discharge.since is 'since when the person could leave';
comment on column oversight.delayed_discharge.ended_at is 'when the person left; null while delayed';
create index delayed_discharge_since_ix on oversight.delayed_discharge (since) where ended_at is null;
