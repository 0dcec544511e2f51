-- How many persons attended sessions of exactly these axes, whose ids stand in the order of letters with the character 31
-- between them ("" is no axis).
select axes, count(*) as people
from (
  select person, array_to_string(list_sort(list(axis)), chr(31)) as axes
  from axis_people
  group by person
) persons
group by axes
