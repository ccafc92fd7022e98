// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // What containers cost in months that are over, so that a question about a year need
  // not read its days.
  await knex.raw(`
    CREATE TABLE cost_months (
      cluster_id integer NOT NULL,
      month date NOT NULL,
      container_id integer NOT NULL,
      own_micros bigint NOT NULL,
      shared_micros bigint NOT NULL,
      PRIMARY KEY (container_id, month)
    )`);
  await knex.raw(
    'CREATE INDEX cost_months_cluster ON cost_months (cluster_id, month)',
  );
  // Of which days they are the sum: other days than there are now tell that they are old.
  await knex.raw(`
    CREATE TABLE cost_kept_months (
      cluster_id integer NOT NULL,
      month date NOT NULL,
      rolled text NOT NULL,
      PRIMARY KEY (cluster_id, month)
    )`);
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('DROP TABLE cost_kept_months');
  await knex.raw('DROP TABLE cost_months');
};
