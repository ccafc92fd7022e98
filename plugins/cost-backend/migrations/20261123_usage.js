// @ts-check

/**
 * Usage in five-minute samples: a digest of every container and hour, from
 * which that of its day is made, and what every GPU did. Hours that were stored
 * before have none; their days stay without.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // No foreign keys, as in cost_hours: written in bulk under the cluster's lock.
  await knex.raw(`
    CREATE TABLE cost_usage_hours (
      cluster_id integer NOT NULL,
      hour timestamptz NOT NULL,
      container_id integer NOT NULL,
      data bytea NOT NULL,
      PRIMARY KEY (cluster_id, hour, container_id)
    ) PARTITION BY RANGE (hour)`);

  await knex.raw(`
    CREATE TABLE cost_digests (
      container_id integer NOT NULL,
      day date NOT NULL,
      cluster_id integer NOT NULL,
      starts_at timestamptz NOT NULL,
      version smallint NOT NULL,
      data bytea NOT NULL,
      PRIMARY KEY (container_id, day)
    )`);
  await knex.raw(
    'CREATE INDEX cost_digests_cluster ON cost_digests (cluster_id, day)',
  );

  // A device that is cut or shared in another way is another device. The rest
  // is as the newest hour says.
  await knex.raw(`
    CREATE TABLE cost_gpu_devices (
      id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      cluster_id integer NOT NULL REFERENCES cost_clusters (id),
      node text NOT NULL,
      board text NOT NULL,
      instance text NOT NULL,
      sharing text NOT NULL,
      profile text NOT NULL,
      model text,
      board_share double precision NOT NULL,
      replicas integer,
      memory_bytes double precision,
      node_pool text,
      seen_at timestamptz NOT NULL,
      UNIQUE (cluster_id, node, board, instance, sharing, profile)
    )`);

  // busy and memory: a little-endian uint16 a slot, 0 = not known. busy is
  // 1 + 10,000 × share, memory a bucket code of cost-common's digests.
  // held_seconds is null where nobody knows who held the device.
  await knex.raw(`
    CREATE TABLE cost_gpu_hours (
      cluster_id integer NOT NULL,
      hour timestamptz NOT NULL,
      device_id integer NOT NULL,
      busy bytea NOT NULL,
      memory bytea NOT NULL,
      memory_peak_bytes double precision,
      held_seconds double precision,
      power_watts double precision,
      basis text,
      readings integer NOT NULL,
      set_aside jsonb NOT NULL,
      tenants jsonb NOT NULL,
      PRIMARY KEY (cluster_id, hour, device_id)
    ) PARTITION BY RANGE (hour)`);

  // One element an hour of the day in held_seconds and seen; bases counts hours.
  await knex.raw(`
    CREATE TABLE cost_gpu_days (
      device_id integer NOT NULL,
      day date NOT NULL,
      cluster_id integer NOT NULL,
      starts_at timestamptz NOT NULL,
      hours smallint NOT NULL,
      busy bytea NOT NULL,
      memory bytea NOT NULL,
      memory_peak_bytes double precision,
      seen boolean[] NOT NULL,
      held_seconds double precision[] NOT NULL,
      power_watts double precision,
      bases jsonb NOT NULL,
      readings integer NOT NULL,
      set_aside jsonb NOT NULL,
      PRIMARY KEY (device_id, day)
    )`);
  await knex.raw(
    'CREATE INDEX cost_gpu_days_cluster ON cost_gpu_days (cluster_id, day)',
  );

  await knex.raw(`
    CREATE TABLE cost_gpu_tenant_days (
      device_id integer NOT NULL,
      day date NOT NULL,
      container_id integer NOT NULL,
      cluster_id integer NOT NULL,
      held_seconds double precision[] NOT NULL,
      share double precision,
      PRIMARY KEY (device_id, day, container_id)
    )`);
  await knex.raw(
    'CREATE INDEX cost_gpu_tenant_days_container ON cost_gpu_tenant_days (container_id, day)',
  );
  await knex.raw(
    'CREATE INDEX cost_gpu_tenant_days_cluster ON cost_gpu_tenant_days (cluster_id, day)',
  );

  // Days whose digests are to be made again; rarer than sums of money are.
  await knex.raw(`
    CREATE TABLE cost_dirty_usage (
      cluster_id integer NOT NULL REFERENCES cost_clusters (id),
      day date NOT NULL,
      generation bigint NOT NULL,
      PRIMARY KEY (cluster_id, day)
    )`);
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'cost_dirty_usage',
    'cost_gpu_tenant_days',
    'cost_gpu_days',
    'cost_gpu_hours',
    'cost_gpu_devices',
    'cost_digests',
    'cost_usage_hours',
  ]) {
    await knex.raw(`DROP TABLE ${table}`);
  }
};
