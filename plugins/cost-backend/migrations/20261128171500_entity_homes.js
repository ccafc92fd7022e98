// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // Where an entity has been read since its owners were first seen; null = not
  // known, empty = at several places.
  await knex.raw('ALTER TABLE cost_entities ADD COLUMN home text');
  await knex.raw('UPDATE cost_entities SET home = location');
  // What was settled by luck or by a name that others have, too, is settled anew.
  await knex.raw(
    `UPDATE cost_containers SET link_stale = true WHERE bucket = 'workload'`,
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('ALTER TABLE cost_entities DROP COLUMN home');
};
