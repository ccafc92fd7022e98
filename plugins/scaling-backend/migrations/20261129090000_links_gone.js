// @ts-check
/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // Since when the cost back end names a workload no more; null = it does.
  await knex.raw('ALTER TABLE scaling_links ADD COLUMN gone_at timestamptz');
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('ALTER TABLE scaling_links DROP COLUMN gone_at');
};
