-- How many would have attended each session with 1 minute, 5 minutes, half and 85 % of its hours as the minimum;
-- how many were there at all, and how many of them without moments to show.
select
  p.number,
  count(*) filter (where p.seconds is null or p.open or p.seconds >= 60) as one_minute,
  count(*) filter (where p.seconds is null or p.open or p.seconds >= 300) as five_minutes,
  count(*) filter (
    where p.seconds is null or p.open or p.seconds >= (w.hours_to - w.hours_from + 1999999) // 2000000
  ) as half,
  count(*) filter (
    where p.seconds is null or p.open or p.seconds >= 85 * ((w.hours_to - w.hours_from) // 100000000)
      + (85 * ((w.hours_to - w.hours_from) % 100000000) + 99999999) // 100000000
  ) as most,
  count(*) as present,
  count(*) filter (where not p.timed) as without_times
from presence p
join windows w on w.number = p.number
group by p.number
