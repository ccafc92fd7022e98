// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // Who claimed what first; what is there already is of one age.
  await knex.raw(`
    ALTER TABLE cost_entities
      ADD COLUMN location text,
      ADD COLUMN claims_since timestamptz NOT NULL DEFAULT now(),
      ADD COLUMN owners_since timestamptz NOT NULL DEFAULT now()`);
  await knex.raw(`
    ALTER TABLE cost_links
      ADD COLUMN linked_at timestamptz NOT NULL DEFAULT now()`);

  await knex.raw(`
    CREATE TABLE cost_rival_claims (
      container_id integer NOT NULL REFERENCES cost_containers (id),
      entity_id integer NOT NULL REFERENCES cost_entities (id),
      provenance text NOT NULL,
      detail text NOT NULL,
      reason text NOT NULL,
      PRIMARY KEY (container_id, entity_id)
    )`);
  await knex.raw(
    'CREATE INDEX cost_rival_claims_entities ON cost_rival_claims (entity_id)',
  );

  // Labels are looked up by them, beside what metrics say.
  await knex.raw(`
    CREATE TABLE cost_workload_labels (
      cluster_id integer NOT NULL REFERENCES cost_clusters (id),
      namespace text NOT NULL,
      kind text NOT NULL,
      name text NOT NULL,
      labels jsonb NOT NULL,
      seen_at timestamptz NOT NULL,
      PRIMARY KEY (cluster_id, namespace, kind, name)
    )`);
  await knex.raw(`
    CREATE TABLE cost_node_labels (
      cluster_id integer NOT NULL REFERENCES cost_clusters (id),
      name text NOT NULL,
      uid text NOT NULL,
      labels jsonb NOT NULL,
      created_at timestamptz,
      seen_at timestamptz NOT NULL,
      PRIMARY KEY (cluster_id, name, uid)
    )`);

  await knex.raw('UPDATE cost_containers SET link_stale = true');
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'cost_node_labels',
    'cost_workload_labels',
    'cost_rival_claims',
  ]) {
    await knex.raw(`DROP TABLE ${table}`);
  }
  await knex.raw('ALTER TABLE cost_links DROP COLUMN linked_at');
  await knex.raw(
    'ALTER TABLE cost_entities DROP COLUMN location, DROP COLUMN claims_since, DROP COLUMN owners_since',
  );
};
