-- Every stored visit with the key of its person, its rank (6: participant) and its interval, clipped to the held window.
-- A key is the address, else the platform's id, else the name and organisation. Only plain letters (printable ASCII) are
-- compared here; what is spelled with others starts with the character 31, and `people` says which key it is.
-- An interval without one of its ends is made whole from its length, which is cut at a week. A summary (both moments and
-- a length) is several stays; a curve shows it (shown) when it leaves less than a minute open. Moments: microseconds.
with moments as (
  select
    v.*,
    date_diff('microsecond', timestamp '1970-01-01 00:00:00', v.joined) as joined_us,
    date_diff('microsecond', timestamp '1970-01-01 00:00:00', v."left") as left_us,
    case when v.seconds is not null then least(greatest(v.seconds, 0), 604800) * 1000000 end as length_us
  from visits v
),
intervals as (
  select
    *,
    coalesce(joined_us, left_us - length_us) as from_us,
    case when joined_us is null then left_us
         when left_us is null then joined_us + length_us
         else greatest(joined_us, left_us) end as to_us
  from moments
)
select
  w.number,
  w.counted,
  case
    when regexp_matches(i.email, '^[!-~]+$') then lower(i.email)
    when i.email = '' and i.person = '' and i.name = '' then ''
    when i.email = '' and regexp_matches(i.person, '^[!-~]+( [!-~]+)*$')
      then 'id:' || i.platform || '/' || i.person
    when i.email = '' and i.person = '' and regexp_matches(i.name, '^[!-~]+( [!-~]+)*$')
      and (i.organisation = '' or regexp_matches(i.organisation, '^[!-~]+( [!-~]+)*$'))
      then 'name:' || replace(lower(i.name), ';', ',')
        || case when i.organisation = '' then '' else '; ' || replace(lower(i.organisation), ';', ',') end
    else concat_ws(chr(31), '', i.email, i.platform, i.person, i.name, i.organisation)
  end as key,
  case i.role when 'participant' then 6 when 'staff' then 1 when 'panelist' then 2 when 'host' then 3 when 'bot' then 4
    else 5 end as rank,
  case when i.from_us is not null and i.to_us is not null
    then least(greatest(i.from_us, w.clip_from), w.clip_to) end as from_us,
  case when i.from_us is not null and i.to_us is not null
    then greatest(least(greatest(i.from_us, w.clip_from), w.clip_to), least(i.to_us, w.clip_to)) end as to_us,
  i.length_us,
  coalesce(i.joined_us is not null and i.left_us is not null and i.length_us is not null, false) as summary,
  coalesce(i.length_us is null or i.joined_us is null or i.left_us is null
    or i.to_us - i.from_us - i.length_us < 60000000, false)
    and i.from_us is not null and i.to_us is not null as shown,
  coalesce(i.to_us is not null and i.from_us is not null and (i.from_us < w.clip_from or i.to_us > w.clip_to), false)
    as clipped
from intervals i
left join windows w on w.session = i.session
