-- How many persons were there in the middle of the hours ("the best number to use", help.vattendance.com).
select
  w.number,
  w.hours_from + (w.hours_to - w.hours_from) // 2 as moment_us,
  count(*) filter (
    where p.from_us <= w.hours_from + (w.hours_to - w.hours_from) // 2
      and p.to_us > w.hours_from + (w.hours_to - w.hours_from) // 2
  ) as present
from shown_pieces p
join windows w on w.number = p.number
where w.hours_to is not null
group by w.number, w.hours_from, w.hours_to
