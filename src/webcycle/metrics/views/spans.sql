-- The intervals that are united, by person and session: all but summaries (1: of who has none, 2: of who has one); and,
-- for who has a summary, all of them (3) and those that a curve shows (4).
with summarised as (select distinct number, person from stays where summary)
select s.number, s.person, case when d.person is null then 1 else 2 end as measure, s.from_us, s.to_us
from stays s
left join summarised d on d.number = s.number and d.person = s.person
where s.to_us is not null and not s.summary
union all
select s.number, s.person, 3, s.from_us, s.to_us
from stays s
join summarised d on d.number = s.number and d.person = s.person
where s.to_us is not null
union all
select s.number, s.person, 4, s.from_us, s.to_us
from stays s
join summarised d on d.number = s.number and d.person = s.person
where s.shown
