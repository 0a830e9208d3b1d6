create schema if not exists help;

-- whether an account has seen the guided tour or did not want it; nothing: it is offered
create table help.tour (
    account_id uuid not null,
    outcome text not null,
    at timestamptz not null,
    constraint tour_pk primary key (account_id),
    constraint tour_outcome_ck check (outcome in ('DONE', 'SKIPPED'))
);
