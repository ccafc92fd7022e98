// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // What an answer about an hour knew: one that knows less doesn't replace it.
  await knex.raw('ALTER TABLE cost_ingest_hours ADD COLUMN known jsonb');
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('ALTER TABLE cost_ingest_hours DROP COLUMN known');
};
