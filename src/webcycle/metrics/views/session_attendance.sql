-- What was measured of each session: who attended, registered or not, for how long, and until the end.
select
  a.number,
  count(*) as attended,
  count(*) filter (where a.registered) as registered_attended,
  count(a.known_seconds) as with_time,
  cast(sum(a.known_seconds) as bigint) as total_seconds,
  median(a.known_seconds) as median_seconds,
  count(*) filter (where a.timed) as timed,
  count(*) filter (where a.timed and a.stayed) as stayed,
  count(*) filter (where p.weak) as weak
from attendees a
join persons p on p.person = a.person
group by a.number
