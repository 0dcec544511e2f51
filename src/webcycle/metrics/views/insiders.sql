-- Who is not a participant of a session, and why (1 staff, 2 panelist, 3 host, 4 bot, 5 anonymous): what is decided of the
-- person, or what any of the person's records of that session says.
select number, person, min(rank) as rank
from (
  select v.number, k.person, v.rank from visit_rows v join keys k on k.key = v.key where v.rank < 6
  union all
  select r.number, k.person, r.rank from registration_rows r join keys k on k.key = r.key where r.rank < 6
  union all
  select v.number, k.person, k.rank from visit_rows v join keys k on k.key = v.key where k.rank < 6
  union all
  select r.number, k.person, k.rank from registration_rows r join keys k on k.key = r.key where k.rank < 6
) said
where number is not null
group by number, person
