-- Of who has visits that are more or less than an interval: how many there are, what the summaries add (each at most its
-- interval), the lengths without a moment, and how many have no length at all.
select
  number,
  person,
  count(*) as visits,
  coalesce(sum(least(length_us, to_us - from_us)) filter (where summary), 0) as summary_us,
  coalesce(sum(length_us) filter (where to_us is null), 0) as loose_us,
  count(*) filter (where to_us is null and length_us is null) as without_length
from stays
where summary or to_us is null
group by number, person
