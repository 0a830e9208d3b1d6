-- what a person keeps at the desk: what was looked at, what comes back later, who has it open, saved filters

create table worklist.seen (
    username text not null,
    work_item_id uuid not null,
    version integer not null,
    seen_at timestamptz not null,
    constraint seen_pk primary key (username, work_item_id)
);
create index seen_item_ix on worklist.seen (work_item_id);

create table worklist.follow_up (
    username text not null,
    work_item_id uuid not null,
    until timestamptz not null,
    reason text not null,
    created_at timestamptz not null,
    constraint follow_up_pk primary key (username, work_item_id)
);
create index follow_up_item_ix on worklist.follow_up (work_item_id);

create table worklist.presence (
    work_item_id uuid not null,
    username text not null,
    until timestamptz not null,
    constraint presence_pk primary key (work_item_id, username)
);

create table worklist.saved_queue (
    saved_queue_id uuid not null,
    owner text not null,
    name text not null,
    view text not null,
    process text,
    due text,
    stage text,
    area text,
    mark text,
    q text,
    shared text not null,
    shared_with text,
    created_at timestamptz not null,
    changed_at timestamptz not null,
    constraint saved_queue_pk primary key (saved_queue_id),
    constraint saved_queue_shared_ck check (shared in ('NONE', 'ORGANISATION', 'ROLE')),
    constraint saved_queue_with_ck check ((shared = 'NONE') = (shared_with is null))
);
create index saved_queue_owner_ix on worklist.saved_queue (owner, created_at);
create index saved_queue_shared_ix on worklist.saved_queue (shared_with, created_at) where shared_with is not null;

create table worklist.desk_choice (
    username text not null,
    saved_queue_id uuid not null references worklist.saved_queue on delete cascade,
    constraint desk_choice_pk primary key (username)
);
create index desk_choice_queue_ix on worklist.desk_choice (saved_queue_id);

-- ids of items that changed, for the open pages of the other nodes; kept for minutes
create table worklist.change (
    change_id uuid not null,
    node uuid not null,
    changed_at timestamptz not null default now(),
    items uuid[] not null,
    constraint change_pk primary key (change_id)
);
create index change_at_ix on worklist.change (changed_at);

-- 抄送: who was given an item to know of (also made by the verbs)
create table if not exists worklist.copy (
    work_item_id uuid not null references worklist.work_item,
    username text not null,
    copied_by text not null,
    at timestamptz not null,
    read_at timestamptz,
    primary key (work_item_id, username)
);
create index if not exists copy_user_ix on worklist.copy (username, at desc, work_item_id);
