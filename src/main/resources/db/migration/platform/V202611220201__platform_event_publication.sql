-- outbox of Spring Modulith 2.1 (JDBC), in its own layout
create table public.event_publication (
    id                     uuid        not null primary key,
    listener_id            text        not null,
    event_type             text        not null,
    serialized_event       text        not null,
    publication_date       timestamptz not null,
    completion_date        timestamptz,
    status                 text,
    completion_attempts    integer,
    last_resubmission_date timestamptz
);
create index event_publication_serialized_event on public.event_publication using hash (serialized_event);
create index event_publication_completion on public.event_publication (completion_date);
