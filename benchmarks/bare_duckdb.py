"""The yardstick of the figures: a bare query that does only the union of intervals and the median."""

from __future__ import annotations

import sys
import tempfile

import duckdb

_COLUMNS = dict.fromkeys("session meeting platform person email name organisation role".split(), "VARCHAR") | {
    "joined": "TIMESTAMP",
    "left": "TIMESTAMP",
    "seconds": "BIGINT",
    "source": "VARCHAR",
}
_QUERY = """
with visits as (
  select session, email, joined, "left"
  from read_csv($file, columns = $columns, header = true, auto_detect = false, delim = ',', quote = '"', escape = '"')
),
marked as (
  select
    *,
    max("left") over (
      partition by session, email order by joined, "left" rows between unbounded preceding and 1 preceding
    ) as reached
  from visits
),
stays as (
  select session, email, sum(greatest(0, epoch("left") - epoch(greatest(joined, reached)))) as seconds
  from marked
  group by session, email
)
select session, count(*), median(seconds) from stays where seconds >= 300 group by session order by session
"""


def main(file: str) -> None:
    with tempfile.TemporaryDirectory() as spill, duckdb.connect() as connection:
        connection.execute("set memory_limit = '2GB'")
        connection.execute("set temp_directory = ?", [spill])
        rows = connection.execute(_QUERY, {"file": file, "columns": _COLUMNS}).fetchall()
    print(len(rows), sum(row[1] for row in rows))


if __name__ == "__main__":
    main(sys.argv[1])
