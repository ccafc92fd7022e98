-- Makes partitions ahead and takes old ones out, of all tables that pg_partman maintains
-- in this database. With psql, and not in a transaction: the procedure ends one after
-- each table.
SET timezone TO 'UTC';
SELECT extnamespace::regnamespace::text AS partman FROM pg_extension WHERE extname = 'pg_partman' \gset
CALL :partman.run_maintenance_proc();
