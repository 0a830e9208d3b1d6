alter table form.draft add column version integer not null default 1 check (version > 0);
alter table form.draft add column username text not null default '';
comment on column form.draft.version is 'Counts the times it was saved: a device that has not seen the last one is told so';
comment on column form.draft.username is 'Who wrote it';
