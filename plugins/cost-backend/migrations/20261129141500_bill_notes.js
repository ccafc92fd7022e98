// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // What a source of bills keeps for itself from one turn to the next, and the
  // sentences that it has shown beside the bill.
  await knex.raw(`
    CREATE TABLE cost_bill_notes (
      source text PRIMARY KEY,
      memory jsonb NOT NULL,
      remarks jsonb NOT NULL DEFAULT '[]'
    )`);
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('DROP TABLE cost_bill_notes');
};
