-- a period that stands still has no end in the lists; one that was undone by going back goes on when its task comes again

alter table worklist.work_item add column paused_at timestamptz;

create table worklist.undone (
    process_instance_id text not null,
    task_key text not null,
    clock_id uuid not null,
    constraint undone_pk primary key (process_instance_id, task_key)
);
comment on table worklist.undone is 'legal clocks of tasks that were undone by a send back or a withdrawal and have not come again yet';

-- what stands still now has no end either
update worklist.work_item w set paused_at = c.paused_at, due_soft = null, due_hard = null
from clock.legal_clock c where c.work_item_id = w.work_item_id and c.status = 'PAUSED' and w.status = 'OPEN';
update worklist.work_item_group g set due = 'infinity' from worklist.work_item w
where w.work_item_id = g.work_item_id and w.paused_at is not null;
