#!/bin/sh
# Tries it all on the empty database that PGHOST, PGDATABASE and the like name, as its
# superuser. What it writes there stays: never name a database that somebody needs.
set -eu
cd "$(dirname "$0")/.."
sql() { psql -X -q -v ON_ERROR_STOP=1 "$@"; }

fails() { # SENTENCE
  if said=$(sql -f checks.sql 2>&1); then
    echo "checks.sql passes, and should say: $1" >&2
    exit 1
  fi
  case $said in
    *"$1"*) ;;
    *)
      echo "checks.sql should say \"$1\", and says: $said" >&2
      exit 1
      ;;
  esac
}

sh migrate.sh
sh migrate.sh
sql -f tests/quiet.sql > /dev/null
sql -f maintain.sql
sql -f checks.sql
echo 'ok   Migrated twice, maintained, and the checks pass.'

sql -f tests/age.sql
sql -f maintain.sql
sql -f tests/kept.sql
sql -f checks.sql
echo 'ok   What is over is out of the table and kept; the rest is in it.'

sql -f tests/stray.sql
fails 'are in the default partition'
sql -f tests/unstray.sql
sql -f checks.sql
echo 'ok   A row outside of all partitions is told.'

sql -f tests/standstill.sql
fails 'maintenance stands still'
sql -f maintain.sql
sql -f checks.sql
echo 'ok   Maintenance that stands still is told, and mends itself.'
