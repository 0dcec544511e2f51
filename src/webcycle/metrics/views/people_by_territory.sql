-- How many persons attended from each territory ("": not determined): what their registrations say, else their body's.
select coalesce(t.territory, b.territory, '') as territory, count(*) as people
from cycle_people p
left join person_territories t on t.person = p.person
left join person_bodies b on b.person = p.person
group by coalesce(t.territory, b.territory, '')
