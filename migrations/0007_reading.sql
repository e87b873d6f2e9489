-- The hot reads, one round trip each. SECURITY INVOKER: they set the tenant for their transaction and then act under
-- row-level security like any other statement of the application. Their plans are by keys and the same for everybody:
-- planned anew, they would cost more than they read.

-- Events by their ids with their payloads, and what corrects each. `nonce` and the parts are null after erasure.
create function openras.read_events(p_authority text, p_events uuid[])
  returns table (
    event_id uuid, kind text, envelope text, leaf_hash bytea, nonce bytea, refs text, body text, corrected_by uuid
  )
  language plpgsql set plan_cache_mode = force_generic_plan as $$
begin
  perform set_config('openras.authority_id', p_authority, true);
  return query
    select e.event_id, f.kind, e.envelope, e.leaf_hash, p.nonce, p.refs, p.body, c.event_id
    from openras.event e
    join openras.facet f on f.authority_id = e.authority_id and f.facet_id = e.facet_id
    left join openras.payload p on p.authority_id = e.authority_id and p.event_id = e.event_id
    left join openras.event c on c.authority_id = e.authority_id and c.about = e.event_id and c.place = 'correction'
    where e.authority_id = p_authority and e.event_id = any(p_events);
end
$$;

-- A page of the feed after an index, with the head of the log as the same snapshot sees it.
-- A payload of a cohort, of a calibration run or of reports is large. The feed carries what the envelope says of it and
-- never the payload: a page of the feed must stay small, and '' tells what is there from what was erased.
create function openras.read_feed(p_authority text, p_after bigint, p_limit integer)
  returns table (
    head bigint, log_index bigint, event_id uuid, kind text, envelope text, leaf_hash bytea,
    nonce bytea, refs text, body text, content text
  )
  language plpgsql set plan_cache_mode = force_generic_plan as $$
begin
  perform set_config('openras.authority_id', p_authority, true);
  return query
    with top as (
      select coalesce(max(l.log_index), -1) as head from openras.log_entry l where l.authority_id = p_authority
    ), page as (
      select l.log_index, l.event_id, l.leaf_hash from openras.log_entry l
      where l.authority_id = p_authority and l.log_index > p_after
      order by l.log_index limit p_limit
    )
    select top.head, page.log_index, page.event_id, f.kind, e.envelope, page.leaf_hash, p.nonce, p.refs,
           case when p.body is not null and f.kind !~ '^assessment-' then '' else p.body end,
           openras.text_of(p_authority, e.event_id, e.about, e.place)
    from top
    left join page on true
    left join openras.event e on e.authority_id = p_authority and e.event_id = page.event_id
    left join openras.facet f on f.authority_id = p_authority and f.facet_id = e.facet_id
    left join openras.payload p on p.authority_id = p_authority and p.event_id = page.event_id
    order by page.log_index;
end
$$;

-- What a client's key stored before, if anything: asked when a request is refused that may be the retry of one that
-- was not, made before the table in force changed.
create function openras.find_request(p_authority text, p_client text, p_key text)
  returns table (
    event_id uuid, envelope text, nonce bytea, fingerprint bytea, refs text, body text, content text
  )
  language plpgsql set plan_cache_mode = force_generic_plan as $$
begin
  perform set_config('openras.authority_id', p_authority, true);
  return query
    select e.event_id, e.envelope, p.nonce, p.fingerprint, p.refs, p.body,
           openras.text_of(p_authority, e.event_id, e.about, e.place)
    from openras.event e
    left join openras.payload p on p.authority_id = e.authority_id and p.event_id = e.event_id
    where e.authority_id = p_authority and e.claim = openras.claim_of(p_client, p_key);
end
$$;

grant execute on function openras.read_events(text, uuid[]), openras.read_feed(text, bigint, integer),
  openras.find_request(text, text, text), openras.claim_of(text, text)
  to openras_app;
