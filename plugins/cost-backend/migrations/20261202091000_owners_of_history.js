// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // What a group had is looked up without reading who had everything else.
  await knex.raw(
    'CREATE INDEX cost_owner_history_owners ON cost_owner_history USING gin (owner_refs)',
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('DROP INDEX cost_owner_history_owners');
};
