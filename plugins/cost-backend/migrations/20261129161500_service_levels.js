// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // What requests to a service, or to a workload of one, were like. `latency` has how
  // many requests fell into the bucket with this upper bound in seconds, so that buckets
  // of any hours and days sum.
  await knex.raw(`
    CREATE TABLE cost_level_hours (
      cluster_id integer NOT NULL,
      hour timestamptz NOT NULL,
      entity_ref text NOT NULL,
      namespace text NOT NULL,
      workload text NOT NULL,
      requests double precision NOT NULL,
      errors double precision,
      latency jsonb,
      PRIMARY KEY (cluster_id, hour, entity_ref, namespace, workload)
    ) PARTITION BY RANGE (hour)`);

  // Of a day errors and latencies are there when they are known of all its hours.
  await knex.raw(`
    CREATE TABLE cost_level_days (
      cluster_id integer NOT NULL,
      day date NOT NULL,
      entity_ref text NOT NULL,
      namespace text NOT NULL,
      workload text NOT NULL,
      hours smallint NOT NULL,
      requests double precision NOT NULL,
      errors double precision,
      latency jsonb,
      PRIMARY KEY (cluster_id, day, entity_ref, namespace, workload)
    )`);
  await knex.raw('CREATE INDEX cost_level_days_day ON cost_level_days (day)');

  // The newest completion report alone.
  await knex.raw(`
    CREATE TABLE cost_completion (
      made_at timestamptz PRIMARY KEY,
      fingerprint text NOT NULL,
      header jsonb NOT NULL
    )`);
  await knex.raw(`
    CREATE TABLE cost_completion_rows (
      made_at timestamptz NOT NULL REFERENCES cost_completion (made_at) ON DELETE CASCADE,
      kind text NOT NULL CHECK (kind IN ('service', 'unallocated', 'idle')),
      entity_ref text NOT NULL,
      facts jsonb NOT NULL,
      PRIMARY KEY (made_at, kind, entity_ref)
    )`);
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('DROP TABLE cost_completion_rows');
  await knex.raw('DROP TABLE cost_completion');
  await knex.raw('DROP TABLE cost_level_days');
  await knex.raw('DROP TABLE cost_level_hours');
};
