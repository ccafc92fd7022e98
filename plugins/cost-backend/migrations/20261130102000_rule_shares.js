// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // Whether it is the hours or the budget that are others by now is told by the share it
  // was judged by.
  await knex.raw(`
    ALTER TABLE cost_rule_states
      -- { micros, withIdle }: what the budget left of a day; absent = of no budget.
      ADD COLUMN day_share jsonb`);
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('ALTER TABLE cost_rule_states DROP COLUMN day_share');
};
