-- more than one way to an account: mail, and text message or chat by a gateway of the city
alter table notification.delivery add column channel text not null default 'MAIL' check (channel in ('MAIL', 'SMS', 'CHAT'));
alter table notification.delivery add column digest boolean not null default false;
alter table notification.delivery drop constraint delivery_message_id_username_key;
alter table notification.delivery add constraint delivery_once unique (message_id, username, channel);
comment on column notification.delivery.digest is 'waits to go out together with others of the account';
create index delivery_due_by_channel on notification.delivery (channel, next_attempt_at) where status = 'PENDING';
create index delivery_digest on notification.delivery (username, channel) where status = 'PENDING' and digest;

create table notification.preference (
    username text primary key,
    choices text[] not null,
    quiet_from time,
    quiet_until time,
    digest boolean not null,
    updated_at timestamptz not null
);
comment on column notification.preference.choices is 'KIND:CHANNEL pairs that are on; IN_APP rings the bell';

create table notification.address (
    username text not null,
    channel text not null check (channel in ('SMS', 'CHAT')),
    sealed bytea not null,
    code_digest bytea,
    code_expires_at timestamptz,
    code_tries integer not null default 0,
    asked_at timestamptz not null,
    verified_at timestamptz,
    primary key (username, channel)
);
comment on column notification.address.sealed is 'personal: telephone number or chat id of a member of staff, encrypted';
comment on column notification.address.code_digest is 'keyed digest of the code that was sent';
