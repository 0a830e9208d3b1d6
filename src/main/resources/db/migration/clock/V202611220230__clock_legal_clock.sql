create schema if not exists clock;

create table clock.legal_clock (
    id             uuid primary key,
    case_id        uuid not null,
    definition     text not null,
    recipient      text,
    work_item_id   uuid,
    started_at     timestamptz not null,
    soft_due       timestamptz not null,
    hard_due       timestamptz not null,
    status         text not null check (status in ('RUNNING', 'PAUSED', 'MET', 'CANCELLED')),
    stopped_at     timestamptz,
    reason         text,
    breached_at    timestamptz,
    paused_at      timestamptz,
    paused_seconds bigint not null default 0,
    provisional    boolean not null default false,
    check ((status in ('MET', 'CANCELLED')) = (stopped_at is not null)),
    check ((status = 'PAUSED') = (paused_at is not null))
);
comment on column clock.legal_clock.provisional is 'counted into a year whose official calendar was not there yet';

-- one open clock per case, definition, recipient and work item
create unique index legal_clock_open on clock.legal_clock (case_id, definition, coalesce(recipient, ''),
    coalesce(work_item_id, '00000000-0000-0000-0000-000000000000')) where status in ('RUNNING', 'PAUSED');
create index legal_clock_case on clock.legal_clock (case_id, definition, started_at desc);
create index legal_clock_work_item on clock.legal_clock (work_item_id) where status in ('RUNNING', 'PAUSED');
create index legal_clock_due on clock.legal_clock (hard_due) where status = 'RUNNING' and breached_at is null;
create index legal_clock_breached on clock.legal_clock (breached_at desc, id) where breached_at is not null;
create index legal_clock_provisional on clock.legal_clock (id) where provisional and status in ('RUNNING', 'PAUSED');
