create schema if not exists personfile;

-- two entries of one person are merged, or separated again, by two people: one proposes, another decides
create table personfile.merge_request (
    id uuid primary key,
    kind text not null check (kind in ('MERGE', 'SPLIT')),
    from_person uuid not null,
    into_person uuid not null,
    reason text not null,
    note bytea not null,
    warnings text[] not null,
    filled text[] not null default '{}',
    proposed_by text not null,
    proposed_at timestamptz not null,
    status text not null default 'OPEN' check (status in ('OPEN', 'CONFIRMED', 'REFUSED', 'WITHDRAWN', 'LAPSED')),
    decided_by text,
    decided_at timestamptz,
    decision_note bytea,
    check (from_person <> into_person),
    check ((status = 'OPEN') = (decided_at is null)),
    check (status not in ('CONFIRMED', 'REFUSED') or decided_by <> proposed_by)
);
comment on table personfile.merge_request is 'rows are never deleted; who decides is never who proposed';
comment on column personfile.merge_request.note is 'personal: why, in words, encrypted';
comment on column personfile.merge_request.decision_note is 'personal: why not, in words, encrypted';
comment on column personfile.merge_request.filled is 'fields the remaining entry got from the other; emptied again by a split';
create unique index merge_request_open on personfile.merge_request
    (least(from_person, into_person), greatest(from_person, into_person)) where status = 'OPEN';
create index merge_request_waiting on personfile.merge_request (proposed_at, id) where status = 'OPEN';
create index merge_request_from on personfile.merge_request (from_person, proposed_at);
create index merge_request_into on personfile.merge_request (into_person, proposed_at);
