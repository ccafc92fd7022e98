// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // What is not there for a moment is not new when it is back, and what ended a moment
  // ago is not news when it begins again.
  await knex.raw(`
    ALTER TABLE cost_rule_states
      -- When people were told that it is not over any more, for a day.
      ADD COLUMN ended_at timestamptz,
      -- The first turn in which there was no such subject; absent = it is there.
      ADD COLUMN unseen_since timestamptz`);
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw(`
    ALTER TABLE cost_rule_states DROP COLUMN ended_at, DROP COLUMN unseen_since`);
};
