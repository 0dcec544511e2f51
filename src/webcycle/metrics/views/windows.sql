-- The times of each session in microseconds since 1970 (UTC): those that visits are clipped to (null: not clipped), and
-- the hours of the curve: those held, else those planned (null: not known).
select
  s.number,
  s.session,
  s.counted,
  case when t.clip and s.counted
    then date_diff('microsecond', timestamp '1970-01-01 00:00:00', s.held_start) end as clip_from,
  case when t.clip and s.counted
    then date_diff('microsecond', timestamp '1970-01-01 00:00:00', s.held_end) end as clip_to,
  date_diff('microsecond', timestamp '1970-01-01 00:00:00', coalesce(s.held_start, s.planned_start)) as hours_from,
  date_diff('microsecond', timestamp '1970-01-01 00:00:00', coalesce(s.held_end, s.planned_end)) as hours_to
from sessions s
cross join settings t
