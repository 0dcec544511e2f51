-- How many stored rows of attendance rest on a name alone.
select v.number, count(*) as weak
from visit_rows v
join keys k on k.key = v.key
where k.strength = 3
group by v.number
