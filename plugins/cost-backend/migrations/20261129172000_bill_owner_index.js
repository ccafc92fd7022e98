// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // The page of one entity reads its own charges, of a million.
  await knex.raw(
    'CREATE INDEX cost_bill_items_owner ON cost_bill_items (entity_ref, period) WHERE entity_ref IS NOT NULL',
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('DROP INDEX cost_bill_items_owner');
};
