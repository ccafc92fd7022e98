// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // What is over a rule's threshold, and what was while hours may still be restated.
  await knex.raw(`
    CREATE TABLE cost_rule_states (
      rule_id text NOT NULL,
      subject_key text NOT NULL,
      subject jsonb NOT NULL,
      title text NOT NULL,
      fingerprint text NOT NULL,
      is_over boolean NOT NULL,
      since timestamptz,
      eased_since timestamptz,
      -- People were told that it is over, and not that it isn't any more.
      told boolean NOT NULL,
      is_unknown boolean NOT NULL,
      value double precision,
      per_day_micros bigint,
      PRIMARY KEY (rule_id, subject_key),
      CHECK (NOT is_over OR since IS NOT NULL)
    )`);

  // One row a rule: as of when, and of what nothing was known then.
  await knex.raw(`
    CREATE TABLE cost_rule_turns (
      rule_id text PRIMARY KEY,
      through timestamptz,
      unknown jsonb NOT NULL DEFAULT '[]',
      unknown_count integer NOT NULL
    )`);

  // That it began or ended; what tells people takes each row once.
  await knex.raw(`
    CREATE TABLE cost_rule_events (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      event jsonb NOT NULL,
      at timestamptz NOT NULL,
      taken_at timestamptz
    )`);
  await knex.raw(
    'CREATE INDEX cost_rule_events_open ON cost_rule_events (id) WHERE taken_at IS NULL',
  );
  await knex.raw('CREATE INDEX cost_rule_events_at ON cost_rule_events (at)');
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'cost_rule_events',
    'cost_rule_turns',
    'cost_rule_states',
  ]) {
    await knex.raw(`DROP TABLE ${table}`);
  }
};
