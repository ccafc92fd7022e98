// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // What each pod's part of an hour's row was, and which part of idle is whose
  // node's; kept for weeks, as only tools that ask by pod or node read it.
  await knex.raw(`
    CREATE TABLE cost_pod_hours (
      cluster_id integer NOT NULL,
      hour timestamptz NOT NULL,
      container_id integer NOT NULL,
      pod text NOT NULL,
      node text NOT NULL,
      cpu_micros bigint NOT NULL,
      memory_micros bigint NOT NULL,
      gpu_micros bigint NOT NULL,
      storage_micros bigint NOT NULL,
      network_micros bigint NOT NULL,
      cpu_core_microhours bigint NOT NULL,
      cpu_request_core_microhours bigint NOT NULL,
      cpu_usage_core_microhours bigint NOT NULL,
      memory_byte_hours bigint NOT NULL,
      memory_request_byte_hours bigint NOT NULL,
      memory_usage_byte_hours bigint NOT NULL,
      gpu_device_microhours bigint NOT NULL,
      gpu_busy_device_microhours bigint,
      storage_byte_hours bigint NOT NULL,
      network_bytes bigint NOT NULL,
      facets jsonb
    ) PARTITION BY RANGE (hour)`);
  await knex.raw(
    'CREATE INDEX cost_pod_hours_cluster ON cost_pod_hours (cluster_id, hour)',
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('DROP TABLE cost_pod_hours');
};
