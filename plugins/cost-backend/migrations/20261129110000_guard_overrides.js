// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // Who let which change pass, why, and until when; kept when it is over.
  await knex.raw(`
    CREATE TABLE cost_guard_overrides (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      entity_ref text NOT NULL,
      change_name text NOT NULL,
      person text NOT NULL,
      reason text NOT NULL,
      made_at timestamptz NOT NULL,
      expires_at timestamptz NOT NULL
    )`);
  await knex.raw(
    'CREATE INDEX cost_guard_overrides_change ON cost_guard_overrides (entity_ref, change_name, id)',
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('DROP TABLE cost_guard_overrides');
};
