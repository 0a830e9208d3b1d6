-- the latest warning that was given that a clock comes near its end
create table clock.warning (
    clock_id uuid not null,
    level integer not null,
    at timestamptz not null,
    constraint warning_pk primary key (clock_id),
    constraint warning_clock_fk foreign key (clock_id) references clock.legal_clock (id) on delete cascade
);
