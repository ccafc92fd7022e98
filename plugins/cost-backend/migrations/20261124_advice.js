// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // What says how much risk an owner takes; not part of what links are made of.
  await knex.raw(`
    ALTER TABLE cost_entities
      ADD COLUMN lifecycle text,
      ADD COLUMN appetite text`);

  await knex.raw(`
    CREATE TABLE cost_inventory_state (
      cluster_id integer PRIMARY KEY REFERENCES cost_clusters (id),
      read_at timestamptz,
      checked_at timestamptz NOT NULL,
      stale_since timestamptz,
      error text,
      unreadable jsonb NOT NULL DEFAULT '[]'
    )`);
  await knex.raw(`
    CREATE TABLE cost_workload_facts (
      cluster_id integer NOT NULL REFERENCES cost_clusters (id),
      namespace text NOT NULL,
      kind text NOT NULL,
      name text NOT NULL,
      facts jsonb NOT NULL,
      PRIMARY KEY (cluster_id, namespace, kind, name)
    )`);
  await knex.raw(`
    CREATE TABLE cost_steering (
      cluster_id integer NOT NULL REFERENCES cost_clusters (id),
      namespace text NOT NULL,
      kind text NOT NULL,
      name text NOT NULL,
      steering jsonb NOT NULL
    )`);
  await knex.raw(
    'CREATE INDEX cost_steering_target ON cost_steering (cluster_id, namespace, kind, name)',
  );

  await knex.raw(`
    CREATE TABLE cost_advice_runs (
      id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      started_at timestamptz NOT NULL,
      finished_at timestamptz,
      window_start timestamptz NOT NULL,
      window_end timestamptz NOT NULL,
      days smallint NOT NULL,
      basis text NOT NULL,
      containers integer,
      seconds double precision,
      pools jsonb NOT NULL DEFAULT '[]',
      problems jsonb NOT NULL DEFAULT '[]'
    )`);

  // Rows of the newest finished run, replaced in one transaction. Narrow: a
  // fleet's page reads all of them for its totals.
  await knex.raw(`
    CREATE TABLE cost_advice (
      container_id integer PRIMARY KEY,
      cluster_id integer NOT NULL,
      run_id integer NOT NULL,
      status text NOT NULL CHECK (status IN ('change', 'keep', 'withheld')),
      list_micros bigint,
      realisable_micros bigint,
      held_micros bigint,
      confidence double precision NOT NULL,
      throttled_minutes double precision,
      oom_kills integer,
      rule_days smallint,
      rule_quantile double precision,
      rule_margin double precision,
      fingerprint text NOT NULL,
      summary jsonb NOT NULL
    )`);
  await knex.raw(
    'CREATE INDEX cost_advice_saving ON cost_advice (coalesce(list_micros, held_micros) DESC NULLS LAST, container_id)',
  );

  // What advice that is taken changes of what node pools are asked for.
  await knex.raw(`
    CREATE TABLE cost_advice_pools (
      container_id integer NOT NULL,
      cluster_id integer NOT NULL,
      node_pool text NOT NULL,
      cpu_cores double precision NOT NULL,
      memory_bytes double precision NOT NULL,
      list_micros bigint NOT NULL,
      PRIMARY KEY (container_id, node_pool)
    )`);

  // Written while a run goes on and read by id, so that neither taking JSON apart
  // nor compressing it pays: a run that is killed leaves some
  // behind, and the next one sweeps them.
  await knex.raw(`
    CREATE TABLE cost_advice_details (
      run_id integer NOT NULL,
      container_id integer NOT NULL,
      advice json NOT NULL,
      PRIMARY KEY (run_id, container_id)
    ) WITH (toast_tuple_target = 8160)`);

  await knex.raw(`
    CREATE TABLE cost_advice_decisions (
      container_id integer PRIMARY KEY REFERENCES cost_containers (id),
      state text NOT NULL CHECK (state IN ('dismissed', 'snoozed')),
      reason text NOT NULL,
      until timestamptz,
      fingerprint text NOT NULL,
      decided_by text NOT NULL,
      decided_at timestamptz NOT NULL,
      CHECK ((state = 'snoozed') = (until IS NOT NULL))
    )`);
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'cost_advice_decisions',
    'cost_advice_details',
    'cost_advice_pools',
    'cost_advice',
    'cost_advice_runs',
    'cost_steering',
    'cost_workload_facts',
    'cost_inventory_state',
  ]) {
    await knex.raw(`DROP TABLE ${table}`);
  }
  await knex.raw(
    'ALTER TABLE cost_entities DROP COLUMN lifecycle, DROP COLUMN appetite',
  );
};
