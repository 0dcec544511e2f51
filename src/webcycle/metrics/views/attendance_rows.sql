-- How many stored rows of attendance there are of each session (null: of none of the programme), how many of them were
-- clipped, and how many have no moments to show.
select
  number,
  counted,
  count(*) as rows_read,
  count(*) filter (where clipped) as clipped,
  count(*) filter (where not shown) as without_times
from visit_rows
group by number, counted
