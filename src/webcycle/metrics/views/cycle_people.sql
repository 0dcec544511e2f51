-- Each person who attended: how many sessions, which was the first, whether some time is known, and
-- whether only names tell who it is.
select a.person, count(*) as sessions, min(a.number) as first_session, bool_or(a.known_seconds is not null) as with_time,
  bool_or(p.weak) as weak
from attendees a
join persons p on p.person = a.person
group by a.person
