-- How many stored registrations there are of each session (null: of none of the programme), how many of them rest on a name
-- alone, and what became of them: each row has exactly one fate.
select
  r.number,
  r.counted,
  case
    when r.number is null then 'unknown-session'
    when not r.counted then 'not-held'
    when coalesce(i.rank, r.rank) = 1 then 'staff'
    when coalesce(i.rank, r.rank) = 2 then 'panelist'
    when coalesce(i.rank, r.rank) = 3 then 'host'
    when coalesce(i.rank, r.rank) = 4 then 'bot'
    when coalesce(i.rank, r.rank) = 5 or k.person is null then 'anonymous'
    when r.status = 'confirmed' then 'counted'
    else r.status
  end as fate,
  count(*) as rows_there,
  count(*) filter (where k.strength = 3) as weak
from registration_rows r
left join keys k on k.key = r.key
left join insiders i on i.number = r.number and i.person = k.person
group by 1, 2, 3
