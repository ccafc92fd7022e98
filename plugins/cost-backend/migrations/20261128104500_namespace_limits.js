// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // What admission to a namespace allows; read with the rest of the inventory,
  // of which readings from before don't say whether there is any.
  await knex.raw(`
    CREATE TABLE cost_namespace_limits (
      cluster_id integer NOT NULL REFERENCES cost_clusters (id),
      namespace text NOT NULL,
      limits jsonb NOT NULL,
      PRIMARY KEY (cluster_id, namespace)
    )`);
  await knex.raw(
    'ALTER TABLE cost_inventory_state ADD COLUMN limits_known boolean NOT NULL DEFAULT false',
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('ALTER TABLE cost_inventory_state DROP COLUMN limits_known');
  await knex.raw('DROP TABLE cost_namespace_limits');
};
