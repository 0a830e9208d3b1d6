-- how often an account did something within the last window, counted for all nodes together
create table platform.rate_limit (
    what text not null,
    account_id uuid not null,
    taken timestamptz[] not null,
    refused boolean not null default false,
    primary key (what, account_id)
);
