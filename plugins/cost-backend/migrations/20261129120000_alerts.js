// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // Incidents that began or ended; what tells people takes each row once.
  await knex.raw(`
    CREATE TABLE cost_anomaly_events (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      anomaly_id integer NOT NULL REFERENCES cost_anomalies (id) ON DELETE CASCADE,
      kind text NOT NULL CHECK (kind IN ('opened', 'closed')),
      at timestamptz NOT NULL,
      taken_at timestamptz
    )`);
  await knex.raw(
    'CREATE INDEX cost_anomaly_events_anomaly ON cost_anomaly_events (anomaly_id, id)',
  );
  await knex.raw(
    'CREATE INDEX cost_anomaly_events_open ON cost_anomaly_events (id) WHERE taken_at IS NULL',
  );

  // What people are to be told, whatever it is of, until it is time to.
  await knex.raw(`
    CREATE TABLE cost_alerts (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      alert jsonb NOT NULL,
      at timestamptz NOT NULL,
      told_at timestamptz,
      -- Nobody was found to tell it to; others don't wait behind it.
      look_again_at timestamptz
    )`);
  await knex.raw(
    'CREATE INDEX cost_alerts_waiting ON cost_alerts (id) WHERE told_at IS NULL',
  );
  await knex.raw('CREATE INDEX cost_alerts_at ON cost_alerts (at)');

  // Notifications on their way; gone once the notifications plugin took them.
  await knex.raw(`
    CREATE TABLE cost_notices (
      key text PRIMARY KEY,
      notice jsonb NOT NULL,
      attempts integer NOT NULL DEFAULT 0,
      next_at timestamptz NOT NULL DEFAULT clock_timestamp()
    )`);
  await knex.raw('CREATE INDEX cost_notices_next_at ON cost_notices (next_at)');
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of ['cost_notices', 'cost_alerts', 'cost_anomaly_events']) {
    await knex.raw(`DROP TABLE ${table}`);
  }
};
