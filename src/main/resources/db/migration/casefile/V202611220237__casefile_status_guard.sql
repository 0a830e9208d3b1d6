-- no legal status without its line in the log, written in the same transaction and telling this very change
alter table casefile.legal_status_change add column recorded_in xid8 not null default pg_current_xact_id();

create function casefile.refuse_untold_status() returns trigger language plpgsql as $$
declare
    before text := case when tg_op = 'INSERT' then null else old.legal_status end;
begin
    if new.legal_status is not distinct from before then
        return new;
    end if;
    if new.legal_status is null or not exists (
        select 1 from casefile.legal_status_change l
        where l.case_file_id = new.case_file_id
          and l.position = (select max(m.position) from casefile.legal_status_change m where m.case_file_id = new.case_file_id)
          and l.to_status = new.legal_status
          and l.from_status is not distinct from before
          and l.recorded_in = pg_current_xact_id()
    ) then
        raise exception 'a legal status changes only together with its line in the log';
    end if;
    return new;
end $$;
create trigger case_file_status_told before insert or update of legal_status on casefile.case_file
    for each row execute function casefile.refuse_untold_status();
