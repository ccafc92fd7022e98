// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // By how much months became more or less after they were over and read as a whole.
  await knex.raw(`
    CREATE TABLE cost_bill_restatements (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      source text NOT NULL,
      name text NOT NULL,
      period date NOT NULL,
      currency text NOT NULL,
      at timestamptz NOT NULL,
      billed numeric NOT NULL,
      effective numeric NOT NULL
    )`);
  await knex.raw(
    'CREATE INDEX cost_bill_restatements_period ON cost_bill_restatements (period)',
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('DROP TABLE cost_bill_restatements');
};
