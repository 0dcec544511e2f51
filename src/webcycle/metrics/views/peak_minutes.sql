-- The minutes in which the peak of a session can lie: no more can be there in a minute than at its start and come in it, and
-- the peak is no lower than the greatest number at the start of a minute. It only spares sorting all the other minutes.
with changes as (
  select number, from_us // 60000000 as minute, count(*) as came, 0 as went
  from shown_pieces group by number, from_us // 60000000
  union all
  select number, to_us // 60000000, 0, count(*)
  from shown_pieces group by number, to_us // 60000000
),
minutes as (
  select number, minute, sum(came) as came, sum(went) as went
  from changes
  group by number, minute
),
bounds as (
  select
    number,
    minute,
    came,
    sum(came - went) over (partition by number order by minute) - (came - went) as at_start
  from minutes
),
greatest_start as (
  select number, max(at_start) as present
  from bounds
  group by number
)
select b.number, b.minute, b.at_start
from bounds b
join greatest_start g on g.number = b.number
where b.at_start + b.came >= g.present
