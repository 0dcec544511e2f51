-- What became of the stored rows of attendance of the sessions that are counted: each row has exactly one fate.
select
  number,
  case rank when 1 then 'staff' when 2 then 'panelist' when 3 then 'host' when 4 then 'bot' else 'anonymous' end as fate,
  count(*) as rows_there
from visit_rows
where counted and (key = '' or starts_with(key, chr(31))) and key not in (select key from keys)
group by number, rank
union all
select
  v.number,
  case i.rank when 1 then 'staff' when 2 then 'panelist' when 3 then 'host' when 4 then 'bot' else 'anonymous' end,
  count(*)
from insiders i
join keys k on k.person = i.person
join visit_rows v on v.number = i.number and v.key = k.key
where v.counted
group by v.number, i.rank
union all
select
  p.number,
  case when p.seconds is null or p.open or p.seconds >= t.minimum_seconds then 'counted' else 'under-threshold' end,
  cast(sum(p.visits) as bigint)
from presence p
cross join settings t
group by p.number, p.seconds is null or p.open or p.seconds >= t.minimum_seconds
