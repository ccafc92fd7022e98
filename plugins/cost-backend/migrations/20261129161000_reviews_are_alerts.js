// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // Who is told of a review is told by an alert, which is written with it.
  await knex.raw('ALTER TABLE cost_reviews DROP COLUMN taken_at');
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('ALTER TABLE cost_reviews ADD COLUMN taken_at timestamptz');
};
