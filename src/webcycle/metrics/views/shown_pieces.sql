-- The times that curves and peaks are made of, each instant of a person in one of them: the start is in it, the end is not.
select number, person, from_us, to_us
from pieces
where measure in (1, 4) and to_us > from_us
