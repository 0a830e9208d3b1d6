-- whoever was told with a message passes it on to the people it names: the open duties of a desk are found by it
alter table notification.message add column told text[] not null default '{}';
comment on column notification.message.told is 'role@organisation the message was told to; duties of the message fall to them';
create index duty_open on notification.duty (created_at, id) where done_at is null;
