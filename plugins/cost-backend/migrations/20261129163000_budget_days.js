// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // Another one whenever a day is summed again: who kept something of a day knows
  // by it whether that still holds, whatever was committed in which order.
  await knex.raw(
    'ALTER TABLE cost_cluster_days ADD COLUMN rolled uuid NOT NULL DEFAULT gen_random_uuid()',
  );

  // What budgets are evaluated with, so that each evaluation sums only what is new:
  // of each scope the containers it is made of and what its days cost.
  await knex.raw(`
    CREATE TABLE cost_budget_days (
      scope text PRIMARY KEY,
      read_from date NOT NULL,
      parts text NOT NULL,
      days text NOT NULL
    )`);
  // The days as they were when that was summed.
  await knex.raw(`
    CREATE TABLE cost_budget_read (
      cluster_id integer NOT NULL,
      day date NOT NULL,
      rolled uuid NOT NULL,
      PRIMARY KEY (cluster_id, day)
    )`);
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('DROP TABLE cost_budget_read');
  await knex.raw('DROP TABLE cost_budget_days');
  await knex.raw('ALTER TABLE cost_cluster_days DROP COLUMN rolled');
};
