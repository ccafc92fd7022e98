// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // Others of the service's owners claimed it no later.
  await knex.raw(
    'ALTER TABLE cost_links ADD COLUMN shared boolean NOT NULL DEFAULT false',
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('ALTER TABLE cost_links DROP COLUMN shared');
};
