-- The territory that a person's registrations say most; of equals the longest, then the first in the order of letters.
with said as (
  select k.person, r.territory, count(*) as times
  from registration_rows r
  join keys k on k.key = r.key
  where r.territory <> ''
  group by k.person, r.territory
),
ranked as (
  select
    person,
    territory,
    row_number() over (partition by person order by times desc, length(territory) desc, territory) as place
  from said
)
select person, territory
from ranked
where place = 1
