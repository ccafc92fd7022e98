// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // Which hour pods of a ReplicaSet first ran in: a new one is a rollout of its workload.
  // The last hour may be up to a week behind, so that a pod that goes on is rarely written.
  await knex.raw(`
    CREATE TABLE cost_rollouts (
      container_id integer NOT NULL,
      replica_set text NOT NULL,
      first_hour timestamptz NOT NULL,
      last_hour timestamptz NOT NULL,
      PRIMARY KEY (container_id, replica_set)
    )`);
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('DROP TABLE cost_rollouts');
};
