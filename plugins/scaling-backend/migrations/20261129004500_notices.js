// @ts-check
/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // What owners are to be told and were not yet; gone once it was taken.
  await knex.raw(`
    CREATE TABLE scaling_notices (
      key text PRIMARY KEY,
      notice jsonb NOT NULL,
      attempts integer NOT NULL DEFAULT 0,
      next_at timestamptz NOT NULL DEFAULT clock_timestamp()
    )`);
  await knex.raw(
    'CREATE INDEX scaling_notices_next_at ON scaling_notices (next_at)',
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('DROP TABLE scaling_notices');
};
