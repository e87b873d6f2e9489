-- An event's id says when it was made, by the clock of whoever wrote it; lists and the log are read in that order. A
-- clock that is wrong is refused where it would be believed, within the statement that writes.
create function openras.refuse_other_clock() returns trigger
  language plpgsql as $$
begin
  raise exception 'the clock of whoever writes differs from that of this database' using errcode = 'OR002';
end
$$;
revoke execute on function openras.refuse_other_clock() from public, openras_app;

-- Not enabled always: what a restore or a replica brings is of another day.
create trigger refuse_other_clock before insert on openras.event for each row
  when (uuid_extract_timestamp(new.event_id) not between clock_timestamp() - interval '60 seconds'
                                                     and clock_timestamp() + interval '5 seconds')
  execute function openras.refuse_other_clock();
