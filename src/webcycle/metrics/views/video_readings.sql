-- The views of each video of a session's replay until each day of which the session has a reading: its latest reading to
-- date, or the sum of its days, whichever is greater. A video is known by its id, else by its title. A reading without a
-- day counts as the latest (the year 9999).
with readings as (
  select
    session,
    platform,
    case when video = '' then title else video end as video,
    coalesce("on", date '9999-12-31') as day,
    max(case when span = 'to-date' then views end) as to_date,
    max(case when span = 'day' then views end) as of_day,
    min(published) as published
  from views
  where session <> ''
  group by session, platform, case when video = '' then title else video end, coalesce("on", date '9999-12-31')
),
videos as (
  select session, platform, video, min(published) as published
  from readings
  group by session, platform, video
),
grid as (
  select d.session, d.day, v.platform, v.video, v.published
  from (select distinct session, day from readings) d
  join videos v on v.session = d.session
)
select
  g.session,
  g.platform,
  g.video,
  g.published,
  g.day,
  r.day is not null as is_read,
  coalesce(greatest(
    last_value(r.to_date ignore nulls) over (
      partition by g.session, g.platform, g.video order by g.day rows between unbounded preceding and current row
    ),
    sum(r.of_day) over (
      partition by g.session, g.platform, g.video order by g.day rows between unbounded preceding and current row
    )
  ), 0) as views
from grid g
left join readings r on r.session = g.session and r.platform = g.platform and r.video = g.video and r.day = g.day
