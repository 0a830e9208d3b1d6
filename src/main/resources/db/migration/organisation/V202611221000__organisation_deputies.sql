-- who acts for whom while somebody is away; ended early it stays on record
create table organisation.deputy (
    deputy_id  uuid primary key,
    principal  text not null references organisation.account (username),
    deputy     text not null references organisation.account (username),
    valid_from date not null,
    valid_to   date not null,
    created_at timestamptz not null,
    revoked_at timestamptz,
    revoked_by text,
    check (valid_from <= valid_to),
    check (principal <> deputy)
);
comment on column organisation.deputy.valid_to is 'last day on which the deputy acts';
create index deputy_of_principal on organisation.deputy (principal, valid_to desc);
create index deputy_active on organisation.deputy (deputy, valid_to) where revoked_at is null;
