// @ts-check

/** @param {string} ends */
const endsIn = ends => `
  ALTER TABLE cost_anomalies DROP CONSTRAINT cost_anomalies_ended_check,
  ADD CONSTRAINT cost_anomalies_ended_check CHECK (ended IN (${ends}))`;

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(
    "ALTER TABLE cost_anomalies ADD COLUMN shape text NOT NULL DEFAULT 'jump' CHECK (shape IN ('jump', 'rise'))",
  );
  // That a rise stays up, or other days are odd, is another end than that it falls back.
  await knex.raw(
    endsIn("'over', 'level', 'overtaken', 'restated', 'expected'"),
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw(
    "DELETE FROM cost_anomaly_events WHERE anomaly_id IN (SELECT id FROM cost_anomalies WHERE shape = 'rise')",
  );
  await knex.raw("DELETE FROM cost_anomalies WHERE shape = 'rise'");
  await knex.raw(endsIn("'over', 'restated', 'expected'"));
  await knex.raw('ALTER TABLE cost_anomalies DROP COLUMN shape');
};
