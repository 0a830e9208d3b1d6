create schema if not exists form;

create table form.submission (
    id uuid primary key,
    case_id uuid not null,
    work_item_id uuid,
    process_key text not null,
    task_key text not null,
    form_id text not null,
    deployment_id text not null,
    username text not null,
    at timestamptz not null,
    data_class text not null check (data_class in ('IDN', 'CON', 'GUA', 'LEG', 'RSK', 'CLS', 'CLF', 'FIN', 'WEL')),
    digest text not null check (digest ~ '^[0-9a-f]{64}$'),
    data bytea not null
);
comment on table form.submission is 'What people submitted; rows are only added. Corrections are new rows.';
comment on column form.submission.data is 'personal: answers of the form, encrypted';
comment on column form.submission.digest is 'SHA-256 of the canonical answers: what was signed';
create index submission_case on form.submission (case_id, at, id);
create index submission_latest on form.submission (case_id, form_id, at desc, id desc);
create index submission_work_item on form.submission (work_item_id) where work_item_id is not null;

create function form.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'rows of %.% are never changed', tg_table_schema, tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger submission_immutable before update or delete on form.submission
    for each row execute function form.refuse_change();
create trigger submission_not_truncated before truncate on form.submission
    for each statement execute function form.refuse_change();

create table form.draft (
    scope text not null check (length(scope) <= 200),
    account_id uuid not null,
    saved_at timestamptz not null,
    data bytea not null,
    primary key (scope, account_id)
);
comment on column form.draft.data is 'personal: unfinished answers, encrypted';
create index draft_age on form.draft (saved_at);
