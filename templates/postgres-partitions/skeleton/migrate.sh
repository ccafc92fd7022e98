#!/bin/sh
# Brings the migrations to the database that PGHOST, PGDATABASE and the like name; twice is once.
set -eu
cd "$(dirname "$0")"
for file in migrations/*.sql; do
  psql -X -q -v ON_ERROR_STOP=1 --single-transaction -f "$file"
done
