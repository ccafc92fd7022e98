import { Knex } from 'knex';

/**
 * Makes the tables of an {@link EntityMirror}; for a migration. They are
 * `<prefix>_entities`, `<prefix>_groups` (a group and the group above it) and
 * `<prefix>_meta` (facts about the whole database, by key).
 *
 * @param prefix - begins their names, e.g. `scaling`
 * @public
 */
export async function createEntityTables(
  knex: Knex,
  prefix: string,
): Promise<void> {
  // Empty `home` = it was read at several places since its owners were first seen.
  await knex.raw(`
    CREATE TABLE ${prefix}_entities (
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
      vanished_at timestamptz,
      lifecycle text,
      appetite text,
      location text,
      claims_since timestamptz NOT NULL DEFAULT now(),
      owners_since timestamptz NOT NULL DEFAULT now(),
      home text
    )`);
  await knex.raw(
    `CREATE INDEX ${prefix}_entities_owners ON ${prefix}_entities USING gin (owner_refs)`,
  );
  await knex.raw(`
    CREATE TABLE ${prefix}_groups (
      group_ref text NOT NULL,
      parent_ref text NOT NULL,
      PRIMARY KEY (group_ref, parent_ref)
    )`);
  await knex.raw(
    `CREATE INDEX ${prefix}_groups_parents ON ${prefix}_groups (parent_ref)`,
  );
  await knex.raw(`
    CREATE TABLE ${prefix}_meta (
      key text PRIMARY KEY,
      value text NOT NULL
    )`);
}

/** Undoes {@link createEntityTables}. @public */
export async function dropEntityTables(
  knex: Knex,
  prefix: string,
): Promise<void> {
  for (const table of ['meta', 'groups', 'entities']) {
    await knex.raw(`DROP TABLE ${prefix}_${table}`);
  }
}
