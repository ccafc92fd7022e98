// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // The number of a task's newest turn: who has an older one writes no more.
  await knex.raw(`
    CREATE TABLE cost_fences (
      task text PRIMARY KEY,
      number integer NOT NULL
    )`);
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('DROP TABLE cost_fences');
};
