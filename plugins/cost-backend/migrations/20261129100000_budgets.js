// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // Those made on the page; others are in the configuration and in annotations.
  await knex.raw(`
    CREATE TABLE cost_budgets (
      id text PRIMARY KEY,
      version integer NOT NULL,
      definition jsonb NOT NULL,
      created_by text NOT NULL,
      created_at timestamptz NOT NULL,
      updated_by text NOT NULL,
      updated_at timestamptz NOT NULL
    )`);

  await knex.raw(
    `CREATE INDEX cost_budgets_entity ON cost_budgets ((definition -> 'scope' ->> 'entityRef'))`,
  );

  // What budgets of any origin came to when they were last evaluated.
  await knex.raw(`
    CREATE TABLE cost_budget_statuses (
      budget_id text PRIMARY KEY,
      fingerprint text NOT NULL,
      status jsonb,
      problem text,
      children jsonb
    )`);

  // Thresholds that have fired, until their period or amount is another.
  await knex.raw(`
    CREATE TABLE cost_budget_fired (
      budget_id text NOT NULL,
      threshold_on text NOT NULL,
      percent integer NOT NULL,
      period_start date NOT NULL,
      fingerprint text NOT NULL,
      fired_at timestamptz NOT NULL,
      spent_micros numeric(38) NOT NULL,
      through date,
      through_micros numeric(38) NOT NULL,
      PRIMARY KEY (budget_id, threshold_on, percent)
    )`);

  // What happened, kept for the page; what delivers it takes each row once.
  await knex.raw(`
    CREATE TABLE cost_budget_events (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      budget_id text NOT NULL,
      kind text NOT NULL CHECK (kind IN ('fired', 'cleared')),
      threshold_on text NOT NULL,
      percent integer NOT NULL,
      at timestamptz NOT NULL,
      period_start date NOT NULL,
      period_end date NOT NULL,
      limit_micros numeric(38) NOT NULL,
      reached_micros numeric(38) NOT NULL,
      reason jsonb NOT NULL,
      definition jsonb NOT NULL,
      taken_at timestamptz
    )`);
  await knex.raw(
    'CREATE INDEX cost_budget_events_budget ON cost_budget_events (budget_id, id)',
  );
  await knex.raw(
    'CREATE INDEX cost_budget_events_open ON cost_budget_events (id) WHERE taken_at IS NULL',
  );

  // Who owned an entity since when, so that what it cost stays with who owned it then.
  await knex.raw(`
    CREATE TABLE cost_owner_history (
      entity_id integer NOT NULL REFERENCES cost_entities (id),
      since timestamptz NOT NULL,
      owner_refs text[] NOT NULL,
      PRIMARY KEY (entity_id, since)
    )`);
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'cost_owner_history',
    'cost_budget_events',
    'cost_budget_fired',
    'cost_budget_statuses',
    'cost_budgets',
  ]) {
    await knex.raw(`DROP TABLE ${table}`);
  }
};
