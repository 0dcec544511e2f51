-- The views of each session's replay until every day of which a reading is known: the sum over its videos.
select session, day, cast(sum(views) as bigint) as views
from video_readings
group by session, day
