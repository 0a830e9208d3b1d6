create schema if not exists organisation;

-- what was loaded from the reference data, so that an unchanged pack is not written again
create table organisation.pack (
    name      text primary key,
    checksum  text not null,
    loaded_at timestamptz not null
);

create table organisation.area (
    code     text primary key check (code ~ '^[0-9]{12}$'),
    name_zh  text not null,
    name_en  text not null,
    parent   text references organisation.area (code),
    level    text not null check (level in ('CITY', 'DISTRICT', 'TOWN', 'VILLAGE')),
    position integer not null,
    active   boolean not null
);

create table organisation.organisation (
    code     text primary key,
    name_zh  text not null,
    name_en  text not null,
    type     text not null,
    area     text not null references organisation.area (code),
    phone    text,
    traits   text[] not null,
    position integer not null,
    active   boolean not null
);

create table organisation.function_binding (
    function     text not null,
    organisation text not null references organisation.organisation (code),
    area         text not null references organisation.area (code),
    valid_from   date not null,
    valid_until  date not null,
    service      boolean not null,
    position     integer not null,
    active       boolean not null,
    primary key (function, organisation, area, valid_from),
    check (valid_from < valid_until)
);
comment on column organisation.function_binding.valid_until is 'first day on which the organisation no longer holds the function';

create table organisation.ring (
    target       text not null,
    area         text not null references organisation.area (code),
    organisation text not null references organisation.organisation (code),
    position     integer not null,
    active       boolean not null,
    primary key (target, area, organisation)
);

create table organisation.role (
    code    text primary key,
    name_zh text not null,
    name_en text not null,
    sign_in boolean not null,
    admin   boolean not null,
    active  boolean not null,
    unique (code, admin)
);

create table organisation.account (
    id            uuid primary key,
    username      text not null unique check (username = lower(username)),
    display_name  text not null,
    organisation  text not null references organisation.organisation (code),
    language      text not null default 'zh' check (language in ('zh', 'en')),
    enabled       boolean not null,
    demo          boolean not null,
    password_hash text,
    created_at    timestamptz not null
);
create index on organisation.account (organisation) where enabled;

create table organisation.account_role (
    account uuid not null references organisation.account (id),
    role    text not null references organisation.role (code),
    admin   boolean not null,
    primary key (account, role),
    foreign key (role, admin) references organisation.role (code, admin)
);
create index on organisation.account_role (role);
-- the three administrations are separate: nobody holds two of them
create unique index account_role_one_administration on organisation.account_role (account) where admin;

create table organisation.account_licence (
    account     uuid not null references organisation.account (id),
    licence     text not null,
    valid_from  date not null,
    valid_until date not null,
    primary key (account, licence, valid_from)
);

-- kept for names that do not exist as well, so that a lock tells nothing about which do
create table organisation.sign_in_failure (
    name_digest  bytea primary key,
    failures     integer not null,
    last_at      timestamptz not null,
    locked_until timestamptz
);
create index on organisation.sign_in_failure (last_at);
