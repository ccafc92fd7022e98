// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // Who owned a service when it got a workload; null = not known any more.
  await knex.raw('ALTER TABLE cost_links ADD COLUMN owner_refs text[]');
  await knex.raw(`
    UPDATE cost_links l SET owner_refs = e.owner_refs
    FROM cost_entities e WHERE e.id = l.entity_id AND e.owners_since <= l.linked_at`);
  // Claims that were not looked at before are found.
  await knex.raw(
    `UPDATE cost_containers SET link_stale = true WHERE bucket = 'workload'`,
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('ALTER TABLE cost_links DROP COLUMN owner_refs');
};
