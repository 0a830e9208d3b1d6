create schema if not exists funding;

-- what a stay cost and who bears it: the newest version of a case counts
create table funding.settlement (
    settlement_id uuid not null,
    case_file_id uuid not null,
    process_instance_id text not null,
    submission_id uuid not null,
    total_fee numeric(14, 2) not null,
    self_pay numeric(14, 2) not null,
    created_by text not null,
    created_at timestamptz not null,
    superseded boolean not null default false,
    constraint settlement_pk primary key (settlement_id),
    constraint settlement_amounts_ck check (total_fee >= 0 and self_pay >= 0 and self_pay <= total_fee)
);
create unique index settlement_current_uk on funding.settlement (process_instance_id) where not superseded;
create index settlement_case_ix on funding.settlement (case_file_id);

create table funding.claim (
    claim_id uuid not null,
    settlement_id uuid not null references funding.settlement,
    source text not null,
    amount numeric(14, 2) not null,
    voucher text,
    priority integer not null,
    state text not null,
    source_row text not null,
    source_basis text not null,
    chain text,
    chain_row text,
    approvals integer not null default 0,
    payer text,
    publicity boolean not null default false,
    settled_at timestamptz,
    payment_voucher text,
    constraint claim_pk primary key (claim_id),
    constraint claim_source_uk unique (settlement_id, source),
    constraint claim_amount_ck check (amount >= 0),
    constraint claim_state_ck check (state in ('PLANNED', 'PENDING', 'APPROVED', 'REJECTED', 'AUTOMATIC', 'PAID'))
);
-- the same voucher is never paid twice, whatever case it appears on
create unique index claim_voucher_uk on funding.claim (source, voucher) where voucher is not null and state in ('AUTOMATIC', 'PAID');

create table funding.decision (
    claim_id uuid not null references funding.claim,
    position integer not null,
    at timestamptz not null,
    username text not null,
    role text not null,
    decision text not null,
    submission_id uuid not null,
    constraint decision_pk primary key (claim_id, position)
);
