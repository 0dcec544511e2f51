-- How many persons attended how many sessions.
select sessions, count(*) as people
from cycle_people
group by sessions
