-- The persons who attended each session: there for at least the minimum; an unknown or open time gets the benefit of the
-- doubt. `known_seconds` is their time where it is known and not open.
select
  p.number,
  p.person,
  case when not p.open then p.seconds end as known_seconds,
  p.visits,
  p.timed,
  p.stayed,
  r.person is not null as registered
from presence p
cross join settings t
left join registered r on r.number = p.number and r.person = p.person
where p.seconds is null or p.open or p.seconds >= t.minimum_seconds
