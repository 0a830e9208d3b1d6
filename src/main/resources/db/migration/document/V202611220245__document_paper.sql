create schema if not exists document;

create table document.number_series (
    organisation text not null,
    word text not null,
    year integer not null,
    last integer not null check (last > 0),
    primary key (organisation, word, year)
);
comment on table document.number_series is 'last number given per organisation, word and year; the row lock keeps numbers without gaps';

create table document.paper (
    id uuid primary key,
    case_id uuid not null,
    code text not null,
    language text not null check (language in ('zh', 'en')),
    recipient text check (recipient in ('PATIENT', 'GUARDIAN')),
    version integer not null check (version > 0),
    number text not null,
    title_zh text not null,
    title_en text not null,
    issuer text not null,
    data_class text not null,
    status text not null check (status in ('ISSUED', 'SUPERSEDED')),
    issued_at timestamptz not null,
    issued_by text,
    verification_code text not null unique,
    sha256 text not null check (length(sha256) = 64),
    content bytea not null,
    copies integer not null default 0,
    unique (issuer, number),
    unique nulls not distinct (case_id, code, language, recipient, version)
);
comment on column document.paper.content is 'personal: PDF as issued, encrypted';
create index paper_of_case on document.paper (case_id, issued_at desc);

create table document.service (
    id uuid primary key,
    case_id uuid not null,
    notice_code text not null,
    document_id uuid not null references document.paper (id),
    recipient text not null check (recipient in ('PATIENT', 'GUARDIAN')),
    oral boolean not null,
    written boolean not null,
    language text not null,
    understood text not null,
    repeat_at date,
    witness text,
    refused_to_sign boolean not null,
    attempted boolean not null,
    delivered_at timestamptz not null,
    recorded_by text not null,
    submission_id uuid not null,
    recorded_at timestamptz not null
);
comment on table document.service is 'proof of service of rights notices (MHL 37)';
create index service_of_case on document.service (case_id, delivered_at);
create index service_of_document on document.service (document_id);
