-- The views of each session's replay thirty days after publication lie between `low` and `high`, the readings of its videos
-- on that day or the nearest before and after it (null: none after, or a video of unknown publication).
with month as (
  select
    v.session,
    v.platform,
    v.video,
    coalesce(v.published, s.published) + interval 30 day as day
  from video_readings v
  join sessions s on s.session = v.session
  group by v.session, v.platform, v.video, coalesce(v.published, s.published)
),
nearest as (
  select
    m.session,
    m.day is not null as is_published,
    coalesce(arg_max(v.views, v.day) filter (where v.is_read and v.day <= m.day), 0) as one,
    arg_min(v.views, v.day) filter (where v.is_read and v.day >= m.day) as other
  from month m
  join video_readings v on v.session = m.session and v.platform = m.platform and v.video = m.video
  group by m.session, m.platform, m.video, m.day
)
select
  session,
  bool_and(is_published) as is_published,
  cast(sum(least(one, coalesce(other, one))) as bigint) as low,
  cast(case when count(other) = count(*) then sum(greatest(one, other)) end as bigint) as high
from nearest
group by session
