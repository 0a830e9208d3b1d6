-- meetings and exchanges of lists are about nobody
alter table casefile.case_file alter column person_id drop not null;

-- what the city pack starts by itself: one row, and with it one case, for each schedule, area and period
create table casefile.scheduled_start (
    schedule text not null,
    area_code text not null,
    period text not null,
    case_file_id uuid references casefile.case_file,
    at timestamptz not null,
    constraint scheduled_start_pk primary key (schedule, area_code, period)
);
create index scheduled_start_case_ix on casefile.scheduled_start (case_file_id);
