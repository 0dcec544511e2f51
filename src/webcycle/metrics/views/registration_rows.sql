-- Every stored registration with the key of its person, as `visit_rows` has it, and its rank (6: participant).
select
  w.number,
  w.counted,
  case
    when regexp_matches(r.email, '^[!-~]+$') then lower(r.email)
    when r.email = '' and r.name = '' then ''
    when r.email = '' and regexp_matches(r.name, '^[!-~]+( [!-~]+)*$')
      and (r.organisation = '' or regexp_matches(r.organisation, '^[!-~]+( [!-~]+)*$'))
      then 'name:' || replace(lower(r.name), ';', ',')
        || case when r.organisation = '' then '' else '; ' || replace(lower(r.organisation), ';', ',') end
    else concat_ws(chr(31), '', r.email, '', '', r.name, r.organisation)
  end as key,
  case r.role when 'participant' then 6 when 'staff' then 1 when 'panelist' then 2 when 'host' then 3 when 'bot' then 4
    else 5 end as rank,
  r.status,
  r.territory
from registrations r
left join windows w on w.session = r.session
