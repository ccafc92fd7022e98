// @ts-check
/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // What each policy saved on each workload, as it was measured last; money in micros.
  await knex.raw(`
    CREATE TABLE scaling_savings (
      controller text NOT NULL,
      policy_id text NOT NULL,
      cluster text NOT NULL,
      subject text NOT NULL,
      policy_title text NOT NULL,
      entity_ref text,
      actions integer NOT NULL,
      since timestamptz NOT NULL,
      in_effect boolean NOT NULL,
      currency text,
      saved bigint,
      low bigint,
      high bigint,
      hours integer,
      baseline_per_hour bigint,
      expected_per_hour bigint,
      remark jsonb NOT NULL,
      measured_at timestamptz NOT NULL,
      PRIMARY KEY (controller, policy_id, cluster, subject)
    )`);
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('DROP TABLE scaling_savings');
};
