// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // Signs of life of scheduled work, so that what a dead process held is given on.
  await knex.raw(`
    CREATE TABLE cost_turns (
      task text PRIMARY KEY,
      holder text NOT NULL,
      beat_at timestamptz NOT NULL
    )`);
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('DROP TABLE cost_turns');
};
