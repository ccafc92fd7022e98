// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // A page asks which budgets, of thousands, are for the same as one.
  await knex.raw(
    `CREATE INDEX cost_budgets_scope ON cost_budgets USING hash ((definition -> 'scope'))`,
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('DROP INDEX cost_budgets_scope');
};
