// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // What the owners of all items were decided with; nothing since there are new ones.
  await knex.raw(`
    CREATE TABLE cost_bill_ownership (
      only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
      decided_with text
    )`);
  await knex.raw('INSERT INTO cost_bill_ownership DEFAULT VALUES');
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('DROP TABLE cost_bill_ownership');
};
