// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // What a cluster cost on a day, in all; of days from before it is summed from their rows.
  await knex.raw('ALTER TABLE cost_cluster_days ADD COLUMN micros bigint');
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('ALTER TABLE cost_cluster_days DROP COLUMN micros');
};
