-- The greatest number of persons at the same instant, and the first such instant. Of the same instant, who leaves goes before
-- who comes.
with changes as (
  select p.number, p.from_us as moment_us, 1 as more, m.minute, m.at_start
  from shown_pieces p
  join peak_minutes m on m.number = p.number and m.minute = p.from_us // 60000000
  union all
  select p.number, p.to_us, -1, m.minute, m.at_start
  from shown_pieces p
  join peak_minutes m on m.number = p.number and m.minute = p.to_us // 60000000
),
counted as (
  select
    number,
    moment_us,
    at_start + sum(more) over (
      partition by number, minute order by moment_us, more rows between unbounded preceding and current row
    ) as present
  from changes
),
highest as (
  select number, max(present) as present
  from counted
  group by number
)
select c.number, cast(c.present as bigint) as present, min(c.moment_us) as moment_us
from counted c
join highest h on h.number = c.number and h.present = c.present
group by c.number, c.present
