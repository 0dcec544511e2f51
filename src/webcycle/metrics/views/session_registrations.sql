-- How many persons registered for each session.
select number, count(*) as registered
from registered
group by number
