create schema if not exists community;

-- one row for each person the community looks after; the person is an id, names and addresses stay in person
create table community.registration (
    registration_id uuid not null,
    person_id uuid not null,
    case_file_id uuid not null,
    area_code text not null,
    consent text not null,
    consent_on date not null,
    status text not null,
    stability text,
    danger_level integer,
    colour text,
    colour_row text,
    colour_at timestamptz,
    colour_by text,
    held_colour text,
    held_row text,
    held_at timestamptz,
    next_due date,
    last_contact date,
    placement text,
    placement_organisation text,
    enrolled_at timestamptz not null,
    closed_at timestamptz,
    close_reason text,
    version integer not null default 0,
    constraint registration_pk primary key (registration_id),
    constraint registration_person_uk unique (person_id),
    constraint registration_consent_ck check (consent in ('AGREE', 'REFUSE', 'STATUTORY')),
    constraint registration_status_ck check (status in ('MANAGED', 'REFUSED', 'LOST', 'IN_HOSPITAL', 'IN_CUSTODY', 'CLOSED')),
    constraint registration_stability_ck check (stability in ('STABLE', 'BASIC', 'UNSTABLE')),
    constraint registration_danger_ck check (danger_level between 0 and 5),
    constraint registration_colour_ck check (colour ~ '^[A-Z][A-Z_]{1,19}$' and held_colour ~ '^[A-Z][A-Z_]{1,19}$'),
    constraint registration_closed_ck check ((closed_at is null) = (status <> 'CLOSED') and (colour is null or status <> 'CLOSED'))
);
comment on column community.registration.colour_by is 'form that the signed decision was made with, or null: the table alone (a colour was raised or stayed)';
comment on column community.registration.held_colour is 'lower colour that waits for a signature';
create index registration_due_ix on community.registration (area_code text_pattern_ops, next_due, registration_id) where closed_at is null;
create index registration_case_ix on community.registration (case_file_id);

-- every colour a person ever had; rows are only added
create table community.colour_change (
    colour_change_id uuid not null,
    registration_id uuid not null references community.registration,
    at timestamptz not null,
    case_file_id uuid not null,
    from_colour text,
    colour text,
    colour_row text,
    decided_by text,
    decision_id uuid,
    agreement_id uuid,
    constraint colour_change_pk primary key (colour_change_id)
);
comment on column community.colour_change.decided_by is 'account that signed, or null: the table alone';
create index colour_change_registration_ix on community.colour_change (registration_id, at);

create function community.only_added() returns trigger language plpgsql as $$
begin
    raise exception 'rows of % are only added', tg_table_name;
end $$;
create trigger colour_change_only_added before update or delete on community.colour_change
    for each row execute function community.only_added();

create table community.team_member (
    registration_id uuid not null references community.registration,
    role text not null,
    function text not null,
    organisation text not null,
    since timestamptz not null,
    until timestamptz,
    constraint team_member_pk primary key (registration_id, role, organisation, since)
);
create index team_member_current_ix on community.team_member (organisation, registration_id) where until is null;

create table community.visit (
    visit_id uuid not null,
    registration_id uuid not null references community.registration,
    case_file_id uuid not null,
    submission_id uuid not null,
    at timestamptz not null,
    visited_on date not null,
    mode text not null,
    found boolean not null,
    lost_reason text,
    danger_level integer,
    adherence text,
    minor_disturbances integer not null default 0,
    zhaoshi integer not null default 0,
    zhaohuo integer not null default 0,
    other_harm integer not null default 0,
    self_harm integer not null default 0,
    suicide_attempts integer not null default 0,
    confined boolean not null default false,
    username text not null,
    constraint visit_pk primary key (visit_id),
    constraint visit_danger_ck check (danger_level between 0 and 5)
);
create index visit_registration_ix on community.visit (registration_id, visited_on desc, at desc);

create table community.placement (
    placement_id uuid not null,
    registration_id uuid not null references community.registration,
    case_file_id uuid not null,
    at timestamptz not null,
    placement text not null,
    organisation text,
    constraint placement_pk primary key (placement_id)
);
create index placement_registration_ix on community.placement (registration_id, at);

create table community.agreement (
    agreement_id uuid not null,
    person_id uuid not null,
    case_file_id uuid not null,
    submission_id uuid not null,
    kind text not null,
    number text,
    valid_from date not null,
    valid_to date not null,
    signed_at timestamptz not null,
    signed_by text not null,
    ended_at timestamptz,
    end_reason text,
    constraint agreement_pk primary key (agreement_id),
    constraint agreement_kind_ck check (kind in ('CARE', 'INCENTIVE')),
    constraint agreement_dates_ck check (valid_to >= valid_from)
);
create index agreement_person_ix on community.agreement (person_id, kind, valid_to);

create table community.incentive_check (
    incentive_check_id uuid not null,
    person_id uuid not null,
    case_file_id uuid not null,
    submission_id uuid not null,
    checked_on date not null,
    passed boolean not null,
    corrected boolean not null,
    home_months integer not null,
    self_admission_months integer not null,
    period integer not null,
    username text not null,
    constraint incentive_check_pk primary key (incentive_check_id),
    constraint incentive_check_months_ck check (home_months >= 0 and self_admission_months >= 0)
);
create index incentive_check_case_ix on community.incentive_check (case_file_id, period);

create table community.incentive_payment (
    incentive_payment_id uuid not null,
    person_id uuid not null,
    case_file_id uuid not null,
    submission_id uuid not null,
    period integer not null,
    amount numeric(14, 2) not null,
    account bytea not null,
    voucher text not null,
    paid_at timestamptz not null,
    paid_by text not null,
    constraint incentive_payment_pk primary key (incentive_payment_id),
    constraint incentive_payment_amount_ck check (amount >= 0),
    -- a period is paid once
    constraint incentive_payment_period_uk unique (case_file_id, period),
    constraint incentive_payment_voucher_uk unique (voucher)
);
comment on column community.incentive_payment.account is 'personal: bank account of the guardian, encrypted';

create table community.exchange_list (
    exchange_list_id uuid not null,
    case_file_id uuid not null,
    department text not null,
    role text not null,
    organisation text not null,
    area_code text not null,
    period text not null,
    sights text not null,
    prepared_at timestamptz not null,
    received_at timestamptz,
    received_by text,
    submission_id uuid,
    constraint exchange_list_pk primary key (exchange_list_id),
    constraint exchange_list_uk unique (case_file_id, department)
);

-- the codes a department may know of a person, as they were when the list was made
create table community.exchange_entry (
    exchange_list_id uuid not null references community.exchange_list,
    position integer not null,
    person_id uuid not null,
    status text,
    colour text,
    danger_level integer,
    next_due date,
    constraint exchange_entry_pk primary key (exchange_list_id, position)
);

create table community.exchange_difference (
    exchange_difference_id uuid not null,
    exchange_list_id uuid not null references community.exchange_list,
    case_file_id uuid not null,
    number integer not null,
    entry integer,
    kind text not null,
    reported_at timestamptz not null,
    reported_by text not null,
    resolution text,
    resolved_at timestamptz,
    resolved_by text,
    constraint exchange_difference_pk primary key (exchange_difference_id),
    constraint exchange_difference_number_uk unique (case_file_id, number)
);
