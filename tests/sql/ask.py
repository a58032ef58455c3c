"""Asks DuckDB the statements of standard input, a JSON text a line; answers with rows, a JSON list a line."""

import json
import sys

import duckdb

connection = duckdb.connect()
for line in sys.stdin:
    cursor = connection.execute(json.loads(line))
    columns = [column[0] for column in cursor.description or []]
    rows = [dict(zip(columns, row)) for row in cursor.fetchall()]
    print(json.dumps(rows, default=str), flush=True)
