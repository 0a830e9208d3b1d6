alter table worklist.work_item alter column person_id drop not null;
