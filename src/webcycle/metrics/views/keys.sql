-- Every key in the records and its person: the reviewed decisions of `people` where there are any, else the key itself.
-- `normal` is the key in its normal form, `strength` what it rests on (1 address, 2 id of a platform, 3 name alone;
-- `decided_strength`: the best key that a decision gives the person), `rank` what is decided of the person (6: participant),
-- `uses` in how many records the key stands, `person` the person's number in the order of these keys.
with found as (
  select key, count(*) as uses
  from (select key from visit_rows union all select key from registration_rows) records
  where key <> ''
  group by key
),
named as (
  select
    f.key,
    f.uses,
    coalesce(p.normal, f.key) as normal,
    coalesce(p.person, f.key) as person_key,
    p.strength as decided_strength,
    case p.role when 'staff' then 1 when 'panelist' then 2 when 'bot' then 4 when 'anonymous' then 5 else 6 end as rank
  from found f
  left join people p on p.key = f.key
),
numbered as (
  select person_key, row_number() over (order by person_key) as person
  from (select distinct person_key from named where person_key <> '') persons
)
select
  n.key,
  n.uses,
  n.normal,
  n.person_key,
  case when starts_with(n.normal, 'name:') then 3 when starts_with(n.normal, 'id:') then 2 else 1 end as strength,
  n.decided_strength,
  n.rank,
  cast(m.person as integer) as person
from named n
join numbered m on m.person_key = n.person_key
