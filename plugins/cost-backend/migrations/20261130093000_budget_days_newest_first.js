// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // Who needs the newest days alone reads no further. The name says the order, so that no
  // process of before writes another one; what was kept is summed again.
  await knex('cost_budget_days').delete();
  await knex('cost_budget_read').delete();
  await knex.raw('ALTER TABLE cost_budget_days RENAME days TO newest_first');
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('ALTER TABLE cost_budget_days RENAME newest_first TO days');
};
