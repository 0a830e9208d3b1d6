create schema if not exists worklist;

create table worklist.work_item (
    work_item_id uuid not null,
    engine_task_id text not null,
    process_key text not null,
    process_instance_id text not null,
    deployment_id text not null,
    task_key text not null,
    name_zh text not null,
    name_en text not null,
    case_file_id uuid not null,
    case_number text not null,
    person_id uuid not null,
    area_code text not null,
    group_names text[] not null,
    assignee text,
    priority integer not null,
    due_soft timestamptz,
    due_hard timestamptz,
    clock text,
    basis text not null,
    stage text,
    guarded boolean not null,
    confirm boolean not null,
    form_id text,
    properties jsonb not null,
    status text not null,
    created_at timestamptz not null,
    closed_at timestamptz,
    closed_by text,
    version integer not null default 0,
    constraint work_item_pk primary key (work_item_id),
    constraint work_item_engine_task_uk unique (engine_task_id),
    constraint work_item_status_ck check (status in ('OPEN', 'DONE', 'WITHDRAWN'))
);
create index work_item_case_ix on worklist.work_item (case_file_id, created_at);
create index work_item_assignee_ix on worklist.work_item (assignee, (coalesce(due_hard, 'infinity'::timestamptz)), work_item_id) where status = 'OPEN';
create index work_item_closed_ix on worklist.work_item (closed_by, closed_at desc, work_item_id) where status = 'DONE';

-- one row for each group an open item is offered to: the list is one index range for each group of the viewer
create table worklist.work_item_group (
    group_name text not null,
    assigned boolean not null,
    due timestamptz not null,
    work_item_id uuid not null references worklist.work_item,
    constraint work_item_group_pk primary key (group_name, assigned, due, work_item_id)
);
create index work_item_group_item_ix on worklist.work_item_group (work_item_id);
