// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // What providers call the machines of nodes, so that their charges are found.
  await knex.raw(`
    CREATE TABLE cost_machines (
      machine text PRIMARY KEY,
      cluster_id integer NOT NULL REFERENCES cost_clusters (id),
      region text NOT NULL,
      capacity_type text NOT NULL
    )`);
  // Sums over all days, as pages read them; whose an item is, where it is no machine.
  await knex.raw(`
    ALTER TABLE cost_bill_items
      ADD COLUMN machine text NOT NULL DEFAULT '',
      ADD COLUMN entity_ref text,
      ADD COLUMN billed numeric NOT NULL DEFAULT 0,
      ADD COLUMN effective numeric NOT NULL DEFAULT 0,
      ADD COLUMN list numeric NOT NULL DEFAULT 0,
      ADD COLUMN charges bigint NOT NULL DEFAULT 0,
      ADD COLUMN first_day date,
      ADD COLUMN last_day date`);
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw(`
    ALTER TABLE cost_bill_items
      DROP COLUMN machine,
      DROP COLUMN entity_ref,
      DROP COLUMN billed,
      DROP COLUMN effective,
      DROP COLUMN list,
      DROP COLUMN charges,
      DROP COLUMN first_day,
      DROP COLUMN last_day`);
  await knex.raw('DROP TABLE cost_machines');
};
