-- a breached clock climbs the chain of those who learn of it; one row a clock, taken by one transaction at a time
create table oversight.escalation (
    clock_id uuid not null,
    case_file_id uuid not null,
    definition text not null,
    breached_at timestamptz not null,
    level integer not null check (level >= 0),
    next_at timestamptz,
    constraint escalation_pk primary key (clock_id)
);
comment on column oversight.escalation.level is 'levels reached so far';
comment on column oversight.escalation.next_at is 'when the next level is due; null when the clock has ended or no level is left';
create index escalation_due_ix on oversight.escalation (next_at) where next_at is not null;
create index escalation_case_ix on oversight.escalation (case_file_id);
