-- The distinct persons of the cycle: who attended, who of them are weak or have a known time; who registered,
-- and who of them for a session whose attendance is known.
select
  (select count(*) from cycle_people) as people,
  (select count(*) from cycle_people where weak) as weak,
  (select count(*) from cycle_people where with_time) as with_time,
  (select count(distinct person) from registered) as registrants,
  (select count(distinct person) from registered where number in (select number from visit_rows)) as measured_registrants
