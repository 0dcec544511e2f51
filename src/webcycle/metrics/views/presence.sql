-- How long each participant was there, in whole seconds: the union of the intervals, never their sum. Summaries add their
-- own lengths, at most what all intervals together leave room for; a length without a moment is added as it is. Never
-- longer than the held window to which it is clipped. Null: no length is known; open: one of the visits has none.
-- `stayed`: there at some time of the last five minutes of the hours; `timed`: some interval is shown by the curve.
with united as (
  select
    p.number,
    p.person,
    count(*) filter (where p.measure <= 2) as visits,
    coalesce(sum(p.to_us - p.from_us) filter (where p.measure <= 2 and p.to_us > p.from_us), 0) as exact_us,
    sum(p.to_us - p.from_us) filter (where p.measure = 3 and p.to_us > p.from_us) as all_us,
    bool_or(p.measure in (1, 4)) as timed,
    bool_or(
      p.measure in (1, 4) and p.to_us > p.from_us and w.hours_from < w.hours_to and p.from_us < w.hours_to
        and p.to_us > greatest(w.hours_from, w.hours_to - 300000000)
    ) as stayed
  from pieces p
  join windows w on w.number = p.number
  group by p.number, p.person
),
whole as (
  select
    coalesce(u.number, l.number) as number,
    coalesce(u.person, l.person) as person,
    coalesce(u.visits, 0) + coalesce(l.visits, 0) as visits,
    coalesce(u.exact_us, 0) + coalesce(l.summary_us, 0) as timed_us,
    coalesce(u.all_us, u.exact_us, 0) as room_us,
    coalesce(l.loose_us, 0) as loose_us,
    coalesce(l.without_length, 0) as without_length,
    coalesce(u.timed, false) as timed,
    coalesce(u.stayed, false) as stayed
  from united u
  full join lengths l on l.number = u.number and l.person = u.person
)
select
  p.number,
  p.person,
  p.visits,
  case when p.without_length < p.visits then
    cast(least(least(p.timed_us, p.room_us) + p.loose_us, w.clip_to - w.clip_from) // 1000000 as bigint)
  end as seconds,
  p.without_length > 0 as open,
  p.timed,
  p.stayed
from whole p
join windows w on w.number = p.number
