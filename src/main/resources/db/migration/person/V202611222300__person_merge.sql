-- people entered twice: found by blind indexes, merged and separated again; nothing is deleted
alter table person.person add column phone_index bytea check (length(phone_index) = 16);
alter table person.person add column birth_index bytea check (length(birth_index) = 16);
alter table person.person add column identified_at timestamptz;
alter table person.person add column merged_into uuid references person.person (id) check (merged_into <> id);
alter table person.person add column index_version integer not null default 0;
comment on column person.person.phone_index is 'personal: blind index of the telephone';
comment on column person.person.birth_index is 'personal: blind index of name and date of birth together';
comment on column person.person.identified_at is 'when the identity number became known, if later than the first entry';
comment on column person.person.merged_into is 'the entry that counts instead of this one; every read by the old id reaches it';
comment on column person.person.index_version is 'which blind indexes the row has; older ones are made when the application starts';
create index person_phone on person.person (phone_index) where phone_index is not null;
create index person_birth on person.person (birth_index) where birth_index is not null;
create index person_merged on person.person (merged_into) where merged_into is not null;
create index person_to_index on person.person (id) where index_version < 1;

alter table person.guardian add column phone_index bytea check (length(phone_index) = 16);
alter table person.guardian add column index_version integer not null default 0;
comment on column person.guardian.phone_index is 'personal: blind index of the telephone of the guardian';
create index guardian_phone on person.guardian (phone_index) where phone_index is not null;
create index guardian_to_index on person.guardian (id) where index_version < 1;

create table person.alike (
    first uuid not null references person.person (id),
    second uuid not null references person.person (id),
    reasons text[] not null check (cardinality(reasons) > 0
        and reasons <@ array['NUMBER', 'IDENTITY_FOUND', 'NAME_BIRTH', 'PHONE']),
    found_at timestamptz not null,
    primary key (first, second),
    check (first < second)
);
comment on table person.alike is 'two entries that may be the same person, and why; ids only';
create index alike_second on person.alike (second);
create index alike_newest on person.alike (found_at desc, first, second);
