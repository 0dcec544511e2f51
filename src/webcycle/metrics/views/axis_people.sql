-- Who attended at least one session of each axis ("" is none).
select distinct a.person, s.axis
from attendees a
join sessions s on s.number = a.number
