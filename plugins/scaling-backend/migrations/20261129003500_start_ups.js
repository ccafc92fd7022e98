// @ts-check
/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // How long pods took from created to ready: the last ones of each workload.
  await knex.raw(`
    CREATE TABLE scaling_start_ups (
      cluster text NOT NULL,
      pod_uid text NOT NULL,
      namespace text NOT NULL,
      kind text NOT NULL,
      name text NOT NULL,
      seconds double precision NOT NULL,
      ready_at timestamptz NOT NULL,
      PRIMARY KEY (cluster, pod_uid)
    )`);
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('DROP TABLE scaling_start_ups');
};
