// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // Who needs the newest days alone reads no further, and writes the older ones not again.
  // The name says the order, so that no process of before writes another one; what was kept
  // is summed again.
  await knex('cost_budget_days').delete();
  await knex('cost_budget_read').delete();
  await knex.raw('ALTER TABLE cost_budget_days RENAME days TO newest_first');
  await knex.raw(`
    ALTER TABLE cost_budget_days
      -- The first day of newest_first; those before it are older.
      ADD COLUMN older_before date NOT NULL,
      ADD COLUMN older text NOT NULL`);
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex('cost_budget_days').delete();
  await knex('cost_budget_read').delete();
  await knex.raw(
    'ALTER TABLE cost_budget_days DROP COLUMN older, DROP COLUMN older_before',
  );
  await knex.raw('ALTER TABLE cost_budget_days RENAME newest_first TO days');
};
