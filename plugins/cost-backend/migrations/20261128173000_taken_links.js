// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // From whom a service of the same owner took a workload over that still claims it.
  await knex.raw(
    'ALTER TABLE cost_links ADD COLUMN taken_from integer REFERENCES cost_entities (id)',
  );
  await knex.raw(
    'CREATE INDEX cost_links_taken ON cost_links (taken_from) WHERE taken_from IS NOT NULL',
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('ALTER TABLE cost_links DROP COLUMN taken_from');
};
