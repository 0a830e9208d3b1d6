create schema if not exists note;

create table note.note (
    note_id uuid not null,
    position bigint generated always as identity,
    case_file_id uuid not null,
    kind text not null,
    author text not null,
    organisation text not null,
    created_at timestamptz not null,
    withdrawn_at timestamptz,
    withdrawn_why text,
    constraint note_pk primary key (note_id)
);
comment on table note.note is 'notes of colleagues to a case; nothing is deleted, a mistake is corrected or withdrawn';
create unique index note_case_ix on note.note (case_file_id, position desc);

create table note.version (
    note_id uuid not null references note.note,
    version integer not null check (version > 0),
    at timestamptz not null,
    mentions text[] not null,
    body bytea not null,
    constraint version_pk primary key (note_id, version)
);
comment on table note.version is 'what a note says: a correction is a new row, the rows before it stay';
comment on column note.version.body is 'personal: text of the note, encrypted';

create function note.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'what was noted is never changed and never deleted';
end $$;
create trigger version_fixed before update or delete on note.version
    for each row execute function note.refuse_change();
create trigger note_kept before delete on note.note
    for each row execute function note.refuse_change();
