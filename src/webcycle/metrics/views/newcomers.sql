-- How many persons attended each session who had attended none before it.
select first_session as number, count(*) as newcomers
from cycle_people
group by first_session
