-- How many persons attended from each type of organisation ("": not determined).
select coalesce(b.type, '') as type, count(*) as people
from cycle_people p
left join person_bodies b on b.person = p.person
group by coalesce(b.type, '')
