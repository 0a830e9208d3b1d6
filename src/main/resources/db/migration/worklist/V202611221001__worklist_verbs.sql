-- how an open item is being handled beyond who has it: lent to somebody, waiting for signatures
create table worklist.handling (
    work_item_id uuid primary key references worklist.work_item,
    owner text,
    sign_mode text check (sign_mode in ('ALL', 'ANY', 'SEQUENCE')),
    round integer not null default 1,
    held_by text,
    held_for text,
    held_at timestamptz,
    held_digest text,
    nudged_at timestamptz,
    check ((held_by is null) = (held_at is null)),
    check (owner is null or held_by is null)
);
comment on column worklist.handling.owner is 'who delegated the item and gets it back';
comment on column worklist.handling.held_by is 'who filled in what waits for signatures';
comment on column worklist.handling.held_for is 'for whom he acted as a deputy';

-- one row for each signature that is asked for; never deleted
create table worklist.signature (
    signature_id uuid primary key,
    work_item_id uuid not null references worklist.work_item,
    position integer not null,
    round integer not null,
    phase text not null check (phase in ('BEFORE', 'AFTER')),
    signer text not null,
    status text not null check (status in ('PENDING', 'SIGNED', 'REFUSED', 'REMOVED', 'LAPSED', 'VOIDED')),
    added_by text not null,
    added_at timestamptz not null,
    signed_by text,
    signed_at timestamptz,
    digest text,
    check ((status in ('SIGNED', 'REFUSED')) <= (signed_by is not null))
);
comment on column worklist.signature.digest is 'SHA-256 of the answers that were signed';
create index signature_item_ix on worklist.signature (work_item_id, position);
create index signature_signer_ix on worklist.signature (signer) where status = 'PENDING';
-- nobody is asked twice, nobody signs twice
create unique index signature_asked_once on worklist.signature (work_item_id, round, signer) where status in ('PENDING', 'SIGNED', 'REFUSED');
create unique index signature_signed_once on worklist.signature (work_item_id, round, signed_by) where status = 'SIGNED';

-- what was done with an item, by whom, for whom and why; rows are only added
create table worklist.verb (
    verb_id uuid primary key,
    position bigint generated always as identity,
    work_item_id uuid not null references worklist.work_item,
    case_file_id uuid not null,
    verb text not null,
    actor text not null,
    acted_for text,
    target text,
    at timestamptz not null,
    reason bytea
);
comment on column worklist.verb.reason is 'personal: reason in free words, encrypted';
create index verb_item_ix on worklist.verb (work_item_id, position);

create table worklist.copy (
    work_item_id uuid not null references worklist.work_item,
    username text not null,
    copied_by text not null,
    at timestamptz not null,
    read_at timestamptz,
    primary key (work_item_id, username)
);
create index copy_user_ix on worklist.copy (username, at desc, work_item_id);

create table worklist.comment (
    comment_id uuid primary key,
    position bigint generated always as identity,
    work_item_id uuid not null references worklist.work_item,
    author text not null,
    mentions text[] not null,
    at timestamptz not null,
    body bytea not null
);
comment on column worklist.comment.body is 'personal: text, encrypted';
create index comment_item_ix on worklist.comment (work_item_id, position);

create function worklist.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'the history of a work item is never changed';
end $$;
create trigger verb_fixed before update or delete on worklist.verb
    for each row execute function worklist.refuse_change();
create trigger comment_fixed before update or delete on worklist.comment
    for each row execute function worklist.refuse_change();
create trigger signature_kept before delete on worklist.signature
    for each row execute function worklist.refuse_change();
