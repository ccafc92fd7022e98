// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // Hours that are not all there are read again, less and less often.
  await knex.raw(`
    ALTER TABLE cost_ingest_hours
      ADD COLUMN tries smallint NOT NULL DEFAULT 0,
      ADD COLUMN tried_at timestamptz`);
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw(
    'ALTER TABLE cost_ingest_hours DROP COLUMN tries, DROP COLUMN tried_at',
  );
};
