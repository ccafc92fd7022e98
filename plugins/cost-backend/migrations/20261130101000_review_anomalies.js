// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // Anomalies of the week as they stood when its review was made; null = it was made
  // before they were kept.
  await knex.raw('ALTER TABLE cost_reviews ADD COLUMN anomalies jsonb');

  // When the newest look for anomalies that came to its end was begun: one row. What
  // keeps anomalies waits for a look at what was read.
  await knex.raw(`
    CREATE TABLE cost_anomaly_looks (
      newest boolean PRIMARY KEY DEFAULT true CHECK (newest),
      begun_at timestamptz NOT NULL
    )`);
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('DROP TABLE cost_anomaly_looks');
  await knex.raw('ALTER TABLE cost_reviews DROP COLUMN anomalies');
};
