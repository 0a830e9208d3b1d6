create schema if not exists person;

create table person.person (
    id uuid primary key,
    temp_id text unique,
    identity_status text not null check (identity_status in ('KNOWN', 'PARTIAL', 'UNKNOWN')),
    version integer not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    updated_by text not null,
    name bytea,
    name_index bytea check (length(name_index) = 16),
    sex bytea,
    birth_date bytea,
    estimated_age bytea,
    id_type bytea,
    id_no bytea,
    id_no_index bytea check (length(id_no_index) = 16),
    phone bytea,
    address bytea,
    description bytea
);
comment on column person.person.temp_id is 'day and serial of a person without an identity number';
comment on column person.person.name is 'personal: name, encrypted';
comment on column person.person.name_index is 'personal: blind index of the name';
comment on column person.person.sex is 'personal: code of GB/T 2261.1, encrypted';
comment on column person.person.birth_date is 'personal: date of birth, encrypted';
comment on column person.person.estimated_age is 'personal: estimated age, encrypted';
comment on column person.person.id_type is 'personal: kind of identity document, encrypted';
comment on column person.person.id_no is 'personal: identity number, encrypted';
comment on column person.person.id_no_index is 'personal: blind index of the identity number';
comment on column person.person.phone is 'personal: telephone, encrypted';
comment on column person.person.address is 'personal: address, encrypted';
comment on column person.person.description is 'personal: description of an unknown person, encrypted';
-- not unique: somebody registered as unknown may turn out to be registered already, and care does not wait for the merge
create index person_id_no on person.person (id_no_index) where id_no_index is not null;
create index person_name on person.person (name_index) where name_index is not null;

create table person.guardian (
    id uuid primary key,
    person_id uuid not null references person.person (id),
    ordinal integer not null check (ordinal > 0),
    version integer not null,
    updated_at timestamptz not null,
    updated_by text not null,
    name bytea,
    relation bytea,
    phone bytea,
    address bytea,
    unique (person_id, ordinal)
);
comment on column person.guardian.name is 'personal: name of the guardian, encrypted';
comment on column person.guardian.relation is 'personal: relation of the guardian, encrypted';
comment on column person.guardian.phone is 'personal: telephone of the guardian, encrypted';
comment on column person.guardian.address is 'personal: address of the guardian, encrypted';

create table person.version (
    id uuid primary key,
    subject text not null check (subject in ('PERSON', 'GUARDIAN')),
    subject_id uuid not null,
    number integer not null,
    at timestamptz not null,
    username text not null,
    changed text[] not null,
    data bytea not null,
    unique (subject_id, number)
);
comment on table person.version is 'What stood there before a change; rows are only added.';
comment on column person.version.data is 'personal: the values before the change, encrypted';

create table person.day_serial (
    day date primary key,
    last integer not null
);

create function person.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'rows of %.% are never changed', tg_table_schema, tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger version_immutable before update or delete on person.version
    for each row execute function person.refuse_change();
create trigger version_not_truncated before truncate on person.version
    for each statement execute function person.refuse_change();
