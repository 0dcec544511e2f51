-- The same intervals without what those before them cover already, so that an instant is in one of them only: what is left
-- starts where the ones before it, of the same person, session and union, have reached.
select number, person, measure, greatest(from_us, reached) as from_us, to_us
from (
  select
    *,
    max(to_us) over (
      partition by number, person, measure order by from_us, to_us rows between unbounded preceding and 1 preceding
    ) as reached
  from spans
) united
