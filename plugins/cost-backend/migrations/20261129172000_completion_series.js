// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // Rows say which workloads were read for how many hours; the next turn makes the report anew.
  await knex('cost_completion').delete();
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex('cost_completion').delete();
};
