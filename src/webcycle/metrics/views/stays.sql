-- The visits of participants to counted sessions.
select v.number, k.person, v.from_us, v.to_us, v.length_us, v.summary, v.shown
from visit_rows v
join keys k on k.key = v.key
left join insiders i on i.number = v.number and i.person = k.person
where v.counted and i.person is null
