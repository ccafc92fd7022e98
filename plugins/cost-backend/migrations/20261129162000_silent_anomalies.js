// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // Nobody is told: the incident of a service says it already.
  await knex.raw(
    'ALTER TABLE cost_anomaly_events ADD COLUMN silent boolean NOT NULL DEFAULT false',
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('ALTER TABLE cost_anomaly_events DROP COLUMN silent');
};
