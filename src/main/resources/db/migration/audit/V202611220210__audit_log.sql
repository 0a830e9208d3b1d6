create schema if not exists audit;

-- transaction ids start again in a cluster that was restored from a dump: rows after that belong to the next segment
create table audit.segment (
    number     integer     primary key,
    started_at timestamptz not null default clock_timestamp()
);

create table audit.entry (
    id           bigint generated always as identity primary key,
    segment      integer     not null,
    txid         bigint      not null default txid_current(),
    at           timestamptz not null default clock_timestamp(),
    nonce        uuid        not null,
    account_id   uuid,
    username     text,
    organisation text,
    action       text        not null check (action ~ '^[a-z0-9]+([.-][a-z0-9]+)*$'),
    case_id      uuid,
    object       text,
    outcome      text        not null check (outcome in ('DONE', 'DENIED', 'FAILED')),
    legal_basis  text,
    purpose      text,
    detail       text        not null check (jsonb_typeof(detail::jsonb) = 'object'),
    request_id   text,
    address      text,
    device       text,
    mac          bytea       not null
);
create unique index entry_order on audit.entry (segment, txid, id);
create index entry_case on audit.entry (case_id, id) where case_id is not null;
create index entry_username on audit.entry (username, id);
create index entry_action on audit.entry (action, id);
create index entry_at on audit.entry (at);
comment on table audit.entry is 'every action and every look at sensitive data; rows can only be added';
comment on column audit.entry.mac is 'HMAC-SHA-256 over the content, with a key that is not in the database';

create table audit.seal (
    position bigint primary key check (position > 0),
    entry_id bigint not null unique,
    hash     bytea  not null
);
comment on table audit.seal is 'chain over the entries: hash = SHA-256(previous hash, position, entry)';

create function audit.refuse() returns trigger language plpgsql as $$
begin
    raise exception 'the audit log can only be added to' using errcode = 'insufficient_privilege';
end
$$;

create trigger entry_is_final before update or delete on audit.entry for each row execute function audit.refuse();
create trigger entry_stays before truncate on audit.entry for each statement execute function audit.refuse();
create trigger seal_is_final before update or delete on audit.seal for each row execute function audit.refuse();
create trigger seal_stays before truncate on audit.seal for each statement execute function audit.refuse();
create trigger segment_is_final before update or delete on audit.segment for each row execute function audit.refuse();
create trigger segment_stays before truncate on audit.segment for each statement execute function audit.refuse();
