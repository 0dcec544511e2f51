-- How many persons attended sessions of both axes; of each axis by itself where both are the same.
select a.axis, b.axis as other, count(*) as people
from axis_people a
join axis_people b on b.person = a.person and b.axis >= a.axis
group by a.axis, b.axis
