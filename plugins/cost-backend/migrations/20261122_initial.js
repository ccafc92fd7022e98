// @ts-check

/**
 * Money in micros: paid, used, and the part of what was paid whose usage is
 * known. Then quantities, in whole units so that sums are exact.
 */
const MEASURES = `
  cpu_micros bigint NOT NULL,
  memory_micros bigint NOT NULL,
  gpu_micros bigint NOT NULL,
  storage_micros bigint NOT NULL,
  network_micros bigint NOT NULL,
  cpu_used_micros bigint NOT NULL,
  memory_used_micros bigint NOT NULL,
  gpu_used_micros bigint NOT NULL,
  cpu_known_micros bigint NOT NULL,
  memory_known_micros bigint NOT NULL,
  gpu_known_micros bigint NOT NULL,
  cpu_core_microhours bigint NOT NULL,
  cpu_request_core_microhours bigint NOT NULL,
  cpu_usage_core_microhours bigint NOT NULL,
  memory_byte_hours bigint NOT NULL,
  memory_request_byte_hours bigint NOT NULL,
  memory_usage_byte_hours bigint NOT NULL,
  gpu_device_microhours bigint NOT NULL,
  gpu_known_device_microhours bigint NOT NULL,
  gpu_busy_device_microhours bigint,
  storage_byte_hours bigint NOT NULL,
  network_bytes bigint NOT NULL`;

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`
    CREATE TABLE cost_clusters (
      id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      name text NOT NULL UNIQUE
    )`);

  await knex.raw(`
    CREATE TABLE cost_containers (
      id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      cluster_id integer NOT NULL REFERENCES cost_clusters (id),
      bucket text NOT NULL,
      namespace text NOT NULL,
      workload_kind text NOT NULL,
      workload text NOT NULL,
      container text NOT NULL,
      labels jsonb NOT NULL DEFAULT '{}',
      labels_sanitized boolean NOT NULL DEFAULT false,
      labels_at timestamptz,
      link_stale boolean NOT NULL DEFAULT true,
      UNIQUE (cluster_id, bucket, namespace, workload_kind, workload, container)
    )`);

  await knex.raw(
    'CREATE INDEX cost_containers_stale ON cost_containers (id) WHERE link_stale',
  );

  await knex.raw(`
    CREATE TABLE cost_entities (
      id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      entity_ref text NOT NULL UNIQUE,
      kind text NOT NULL,
      namespace text NOT NULL,
      name text NOT NULL,
      title text,
      spec_type text,
      system_ref text,
      owner_refs text[] NOT NULL,
      labels jsonb NOT NULL,
      annotations jsonb NOT NULL,
      vanished_at timestamptz
    )`);
  await knex.raw(
    'CREATE INDEX cost_entities_owners ON cost_entities USING gin (owner_refs)',
  );

  await knex.raw(`
    CREATE TABLE cost_groups (
      group_ref text NOT NULL,
      parent_ref text NOT NULL,
      PRIMARY KEY (group_ref, parent_ref)
    )`);
  await knex.raw(
    'CREATE INDEX cost_groups_parents ON cost_groups (parent_ref)',
  );

  await knex.raw(`
    CREATE TABLE cost_links (
      container_id integer PRIMARY KEY REFERENCES cost_containers (id),
      entity_id integer NOT NULL REFERENCES cost_entities (id),
      provenance text NOT NULL,
      detail text NOT NULL
    )`);
  await knex.raw('CREATE INDEX cost_links_entities ON cost_links (entity_id)');

  // No foreign keys below: these tables are written in bulk, under the
  // cluster's lock, with ids that were just read.
  await knex.raw(`
    CREATE TABLE cost_hours (
      cluster_id integer NOT NULL,
      hour timestamptz NOT NULL,
      container_id integer NOT NULL,
      capacity_type text NOT NULL,
      region text NOT NULL,
      ${MEASURES},
      PRIMARY KEY (cluster_id, hour, container_id, capacity_type, region)
    ) PARTITION BY RANGE (hour)`);

  await knex.raw(`
    CREATE TABLE cost_node_hours (
      cluster_id integer NOT NULL,
      hour timestamptz NOT NULL,
      node_pool text NOT NULL,
      instance_type text NOT NULL,
      region text NOT NULL,
      capacity_type text NOT NULL,
      hourly_price numeric NOT NULL,
      origin jsonb NOT NULL,
      node_microhours bigint NOT NULL,
      cpu_core_microhours bigint NOT NULL,
      memory_byte_hours bigint NOT NULL,
      gpu_device_microhours bigint NOT NULL,
      cpu_micros bigint NOT NULL,
      memory_micros bigint NOT NULL,
      gpu_micros bigint NOT NULL,
      storage_micros bigint NOT NULL,
      network_micros bigint NOT NULL
    ) PARTITION BY RANGE (hour)`);
  await knex.raw(
    'CREATE INDEX cost_node_hours_cluster ON cost_node_hours (cluster_id, hour)',
  );

  await knex.raw(`
    CREATE TABLE cost_unit_hours (
      cluster_id integer NOT NULL,
      hour timestamptz NOT NULL,
      metric text NOT NULL,
      entity_ref text NOT NULL,
      namespace text NOT NULL,
      workload text NOT NULL,
      quantity numeric NOT NULL,
      failed numeric,
      PRIMARY KEY (cluster_id, hour, metric, entity_ref, namespace, workload)
    ) PARTITION BY RANGE (hour)`);

  await knex.raw(`
    CREATE TABLE cost_ingest_hours (
      cluster_id integer NOT NULL REFERENCES cost_clusters (id),
      hour timestamptz NOT NULL,
      status text NOT NULL CHECK (status IN ('complete', 'partial', 'missing')),
      source text NOT NULL,
      reason text,
      problems jsonb NOT NULL DEFAULT '[]',
      content_hash text,
      units_known boolean NOT NULL DEFAULT false,
      ingested_at timestamptz NOT NULL,
      PRIMARY KEY (cluster_id, hour)
    )`);

  await knex.raw(`
    CREATE TABLE cost_ingest_state (
      cluster_id integer PRIMARY KEY REFERENCES cost_clusters (id),
      source text NOT NULL,
      watermark timestamptz,
      backfill_from timestamptz,
      backfill_start timestamptz,
      backfill_cursor timestamptz,
      last_run_at timestamptz,
      down_since timestamptz,
      last_error text,
      queries_per_hour double precision
    )`);

  await knex.raw('CREATE SEQUENCE cost_dirty_generations');
  await knex.raw(`
    CREATE TABLE cost_dirty_days (
      cluster_id integer NOT NULL REFERENCES cost_clusters (id),
      day date NOT NULL,
      generation bigint NOT NULL,
      PRIMARY KEY (cluster_id, day)
    )`);

  await knex.raw(`
    CREATE TABLE cost_days (
      cluster_id integer NOT NULL,
      day date NOT NULL,
      container_id integer NOT NULL,
      capacity_type text NOT NULL,
      region text NOT NULL,
      ${MEASURES},
      shared_idle_micros bigint NOT NULL,
      shared_overhead_micros bigint NOT NULL,
      hours_present smallint NOT NULL,
      PRIMARY KEY (container_id, day, capacity_type, region)
    )`);
  await knex.raw(
    'CREATE INDEX cost_days_cluster ON cost_days (cluster_id, day)',
  );
  await knex.raw('CREATE INDEX cost_days_day ON cost_days (day)');

  await knex.raw(`
    CREATE TABLE cost_cluster_days (
      cluster_id integer NOT NULL,
      day date NOT NULL,
      hours_complete smallint NOT NULL,
      unit_hours smallint NOT NULL DEFAULT 0,
      last_hour timestamptz,
      problems jsonb NOT NULL DEFAULT '[]',
      PRIMARY KEY (cluster_id, day)
    )`);

  await knex.raw(`
    CREATE TABLE cost_node_days (
      cluster_id integer NOT NULL,
      day date NOT NULL,
      node_pool text NOT NULL,
      instance_type text NOT NULL,
      region text NOT NULL,
      capacity_type text NOT NULL,
      hourly_price numeric NOT NULL,
      origin jsonb NOT NULL,
      node_microhours bigint NOT NULL,
      cost_micros bigint NOT NULL
    )`);
  await knex.raw(
    'CREATE INDEX cost_node_days_cluster ON cost_node_days (cluster_id, day)',
  );

  await knex.raw(`
    CREATE TABLE cost_unit_days (
      cluster_id integer NOT NULL,
      day date NOT NULL,
      metric text NOT NULL,
      entity_ref text NOT NULL,
      namespace text NOT NULL,
      workload text NOT NULL,
      quantity numeric NOT NULL,
      failed numeric,
      PRIMARY KEY (cluster_id, day, metric, entity_ref, namespace, workload)
    )`);
  await knex.raw(
    'CREATE INDEX cost_unit_days_entity ON cost_unit_days (entity_ref, day)',
  );
  await knex.raw(
    'CREATE INDEX cost_unit_days_workload ON cost_unit_days (cluster_id, namespace, workload, day)',
  );

  // Facts about the whole database, e.g. the zone its days are in.
  await knex.raw(`
    CREATE TABLE cost_meta (
      key text PRIMARY KEY,
      value text NOT NULL
    )`);
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'cost_meta',
    'cost_unit_days',
    'cost_node_days',
    'cost_cluster_days',
    'cost_days',
    'cost_dirty_days',
    'cost_ingest_state',
    'cost_ingest_hours',
    'cost_unit_hours',
    'cost_node_hours',
    'cost_hours',
    'cost_links',
    'cost_groups',
    'cost_entities',
    'cost_containers',
    'cost_clusters',
  ]) {
    await knex.raw(`DROP TABLE ${table}`);
  }
  await knex.raw('DROP SEQUENCE cost_dirty_generations');
};
