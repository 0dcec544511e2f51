-- The reviewed body of each person's e-mail domain: of the main address, which is the person's key, else the most used; else
-- of the first address that has one.
with bodies as (
  select k.person, k.normal, b.organisation, b.type, b.territory
  from keys k
  join people b on b.key = '@' || split_part(k.normal, '@', -1)
  where k.strength = 1
),
addresses as (
  select person, person_key, normal, sum(uses) as uses
  from keys
  where strength = 1 and person in (select person from bodies)
  group by person, person_key, normal
),
ranked as (
  select
    person,
    normal,
    row_number() over (
      partition by person order by case when normal = person_key then 0 else 1 end, uses desc, length(normal) desc, normal
    ) as place
  from addresses
),
candidates as (
  select
    b.person,
    b.organisation,
    b.type,
    b.territory,
    row_number() over (partition by b.person order by case when r.place = 1 then 0 else 1 end, b.normal) as place
  from bodies b
  join ranked r on r.person = b.person and r.normal = b.normal
)
select person, organisation, type, territory
from candidates
where place = 1
