-- What was measured of the cycle, over all pairs of a person and a session that the person attended.
select
  count(a.known_seconds) as with_time,
  cast(sum(a.known_seconds) as bigint) as total_seconds,
  median(a.known_seconds) as median_seconds
from attendees a
