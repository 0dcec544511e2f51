-- Every person, and whether only names tell who it is (weak).
select person, min(least(strength, decided_strength)) = 3 as weak
from keys
group by person
