create schema if not exists notification;

create table notification.message (
    id uuid primary key,
    case_id uuid not null,
    case_number text not null,
    template text not null,
    created_at timestamptz not null
);
comment on table notification.message is 'what was told: a template and a case number, never a name or a diagnosis';
create index message_of_case on notification.message (case_id, created_at);

create table notification.inbox (
    message_id uuid not null references notification.message (id),
    username text not null,
    created_at timestamptz not null,
    read_at timestamptz,
    primary key (message_id, username)
);
create index inbox_of_account on notification.inbox (username, created_at desc, message_id desc);
create index inbox_unread on notification.inbox (username) where read_at is null;

create table notification.duty (
    id uuid primary key,
    message_id uuid not null references notification.message (id),
    case_id uuid not null,
    recipient text not null check (recipient in ('PATIENT', 'GUARDIAN')),
    template text not null,
    created_at timestamptz not null,
    done_at timestamptz,
    done_by text,
    result text check (result in ('REACHED', 'NOT_REACHED', 'IN_PERSON')),
    unique (message_id, recipient)
);
comment on table notification.duty is 'somebody has to tell the patient or the guardian by voice';
create index duty_of_case on notification.duty (case_id, created_at);

create table notification.delivery (
    id uuid primary key,
    message_id uuid not null references notification.message (id),
    username text not null,
    status text not null check (status in ('PENDING', 'SENT', 'DEAD')),
    attempts integer not null default 0,
    next_attempt_at timestamptz not null,
    last_error text,
    created_at timestamptz not null,
    sent_at timestamptz,
    unique (message_id, username)
);
create index delivery_due on notification.delivery (next_attempt_at) where status = 'PENDING';
create index delivery_failing on notification.delivery (created_at desc) where status <> 'SENT' and attempts >= 3;
