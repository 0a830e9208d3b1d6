create schema if not exists attachment;

create table attachment.attachment (
    attachment_id uuid not null,
    case_file_id uuid not null,
    kind text not null,
    data_class text not null,
    file_name bytea not null,
    media_type text not null check (media_type in ('image/jpeg', 'image/png', 'application/pdf')),
    size integer not null check (size > 0),
    sha256 text not null check (length(sha256) = 64),
    width integer,
    height integer,
    pages integer,
    work_item_id uuid,
    scanned boolean not null,
    uploaded_by text not null,
    organisation text not null,
    uploaded_at timestamptz not null,
    withdrawn_at timestamptz,
    withdrawn_by text,
    withdrawn_why text,
    constraint attachment_pk primary key (attachment_id)
);
comment on table attachment.attachment is 'pictures and papers people added to a case; nothing is deleted, a mistake is withdrawn';
comment on column attachment.attachment.file_name is 'personal: name of the file as the uploader had it, encrypted';
create index attachment_case_ix on attachment.attachment (case_file_id, uploaded_at desc);
-- the same file twice by the same person is one attachment
create unique index attachment_once_ix on attachment.attachment (case_file_id, uploaded_by, sha256)
    where withdrawn_at is null;

create table attachment.content (
    attachment_id uuid not null references attachment.attachment,
    rendition text not null check (rendition in ('ORIGINAL', 'VIEW', 'THUMBNAIL')),
    content bytea not null,
    constraint content_pk primary key (attachment_id, rendition)
);
comment on column attachment.content.content is 'personal: the file, encrypted';
-- already encrypted: compressing it again only costs time
alter table attachment.content alter column content set storage external;

create function attachment.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'the content of an attachment is never changed';
end $$;
create trigger content_fixed before update or delete on attachment.content
    for each row execute function attachment.refuse_change();
