// @ts-check
const { createEntityTables, dropEntityTables } = require('@headroom/node');
const {
  createControllerTables,
  dropControllerTables,
} = require('@headroom/plugin-controllers-node');

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await createEntityTables(knex, 'scaling');
  await createControllerTables(knex, 'scaling');
  // Signs of life of scheduled work, and the number of a task's newest turn.
  await knex.raw(`
    CREATE TABLE scaling_turns (
      task text PRIMARY KEY,
      holder text NOT NULL,
      beat_at timestamptz NOT NULL
    )`);
  await knex.raw(`
    CREATE TABLE scaling_fences (
      task text PRIMARY KEY,
      number integer NOT NULL
    )`);
  // Whose a workload is, as the cost back end said last.
  await knex.raw(`
    CREATE TABLE scaling_links (
      cluster text NOT NULL,
      namespace text NOT NULL,
      kind text NOT NULL,
      name text NOT NULL,
      entity_ref text NOT NULL,
      provenance text NOT NULL,
      PRIMARY KEY (cluster, namespace, kind, name)
    )`);
  await knex.raw(
    'CREATE INDEX scaling_links_entities ON scaling_links (entity_ref)',
  );
  // Policies that were made on the page.
  await knex.raw(`
    CREATE TABLE scaling_policies (
      id text PRIMARY KEY,
      body jsonb NOT NULL,
      version integer NOT NULL,
      made_by text NOT NULL,
      made_at timestamptz NOT NULL,
      changed_by text NOT NULL,
      changed_at timestamptz NOT NULL
    )`);
  // What they were and who changed them; rows are added and never changed.
  await knex.raw(`
    CREATE TABLE scaling_policy_history (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      policy_id text NOT NULL,
      version integer NOT NULL,
      change text NOT NULL CHECK (change IN ('created', 'updated', 'deleted', 'paused', 'resumed')),
      body jsonb,
      changed_by text NOT NULL,
      changed_at timestamptz NOT NULL
    )`);
  await knex.raw(
    'CREATE INDEX scaling_policy_history_policies ON scaling_policy_history (policy_id, id)',
  );
  // Of policies wherever they were made.
  await knex.raw(`
    CREATE TABLE scaling_policy_pauses (
      policy_id text PRIMARY KEY,
      until timestamptz NOT NULL,
      paused_by text NOT NULL,
      paused_at timestamptz NOT NULL
    )`);
  await knex.raw(`
    CREATE TABLE scaling_overrides (
      id text PRIMARY KEY,
      cluster text NOT NULL,
      namespace text NOT NULL,
      kind text NOT NULL,
      name text NOT NULL,
      entity_ref text,
      direction text NOT NULL CHECK (direction IN ('up', 'down')),
      reason text NOT NULL,
      asked_by text NOT NULL,
      begins_at timestamptz NOT NULL,
      ends_at timestamptz NOT NULL,
      ended_by text,
      ended_at timestamptz
    )`);
  await knex.raw(
    'CREATE INDEX scaling_overrides_open ON scaling_overrides (ends_at) WHERE ended_at IS NULL',
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'overrides',
    'policy_pauses',
    'policy_history',
    'policies',
    'links',
    'fences',
    'turns',
  ]) {
    await knex.raw(`DROP TABLE scaling_${table}`);
  }
  await dropControllerTables(knex, 'scaling');
  await dropEntityTables(knex, 'scaling');
};
