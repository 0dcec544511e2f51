-- How many persons were there at the start of the hours and every five minutes before their end, 31 days at most. A piece counts from the
-- first mark in it to the last before its end: one more from that mark on, one less from the mark after.
with marks as (
  select
    w.number,
    w.hours_from,
    least((w.hours_to - w.hours_from + 299999999) // 300000000 - 1, 8928) as last_mark,
    greatest(p.from_us - w.hours_from + 299999999, 0) // 300000000 as first_in,
    greatest(p.to_us - w.hours_from + 299999999, 0) // 300000000 as first_after
  from shown_pieces p
  join windows w on w.number = p.number
  where w.hours_to is not null
),
changes as (
  select number, first_in as mark, count(*) as more from marks where first_in <= last_mark group by number, first_in
  union all
  select number, first_after, -count(*) from marks where first_after <= last_mark group by number, first_after
  union all
  select number, unnest(generate_series(0, least((hours_to - hours_from + 299999999) // 300000000 - 1, 8928))) as mark, 0
  from windows
  where hours_to > hours_from and number in (select number from visit_rows where counted)
),
by_mark as (
  select number, mark, sum(more) as more
  from changes
  group by number, mark
)
select
  b.number,
  w.hours_from + b.mark * 300000000 as moment_us,
  cast(sum(b.more) over (partition by b.number order by b.mark) as bigint) as present
from by_mark b
join windows w on w.number = b.number
