create schema if not exists rights;

create table rights.code (
    id uuid primary key,
    case_id uuid not null,
    holder text not null check (holder in ('PATIENT', 'GUARDIAN', 'LAWYER')),
    digest bytea not null unique,
    request_id text not null,
    issued_by text not null,
    organisation text not null,
    issued_at timestamptz not null,
    expires_at timestamptz not null check (expires_at > issued_at),
    revoked_at timestamptz,
    revoked_by text,
    last_used_at timestamptz,
    check ((revoked_at is null) = (revoked_by is null)),
    unique (case_id, request_id)
);
comment on table rights.code is 'Codes by which a patient, a guardian or their lawyer opens the rights page of a case.';
comment on column rights.code.digest is 'keyed digest of the code; the code itself is kept nowhere';
comment on column rights.code.request_id is 'the form it was issued with: the second click issues no second code';
create index code_of_case on rights.code (case_id, issued_at desc);

create table rights.attempt (
    subject bytea primary key,
    failures integer not null check (failures > 0),
    last_at timestamptz not null,
    locked_until timestamptz
);
comment on table rights.attempt is 'Failed attempts by beginning of a code and by network address, both as keyed digests; forgotten after a day.';
create index attempt_age on rights.attempt (last_at);

create table rights.request (
    id uuid primary key,
    case_id uuid not null,
    code_id uuid not null references rights.code (id),
    holder text not null check (holder in ('PATIENT', 'GUARDIAN', 'LAWYER')),
    form text not null,
    request_id text,
    serial integer not null check (serial > 0),
    at timestamptz not null,
    unique (case_id, serial)
);
comment on table rights.request is 'Receipts of what was filed on the rights page; what was said is a submission of the case.';
create index request_of_code on rights.request (code_id, at desc);
