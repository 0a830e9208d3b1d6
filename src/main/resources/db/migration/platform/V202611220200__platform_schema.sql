create schema if not exists platform;

create table platform.idempotency (
    account_id uuid        not null,
    key        text        not null check (length(key) between 1 and 128),
    operation  text        not null,
    digest     text        not null,
    answer     jsonb       not null,
    created_at timestamptz not null,
    primary key (account_id, key)
);
create index idempotency_created on platform.idempotency (created_at);
comment on table platform.idempotency is 'first answers of requests with an idempotency key, kept for 72 hours';

create table platform.key_fingerprint (
    sole        boolean primary key default true check (sole),
    fingerprint text    not null
);
comment on table platform.key_fingerprint is 'tells whether the key file belongs to this database; holds no key';
