-- The persons registered for each counted session: participants with a confirmed registration.
select distinct r.number, k.person
from registration_rows r
join keys k on k.key = r.key
left join insiders i on i.number = r.number and i.person = k.person
where r.counted and r.status = 'confirmed' and i.person is null
