import { Knex } from 'knex';

const TABLES = [
  'told',
  'contests',
  'kill_switches',
  'ledger',
  'decisions',
  'actions',
  'plans',
  'lease_fences',
  'leases',
];

/**
 * Makes the tables of an `ActingEngine`; for a migration, after
 * `createEntityTables` of the same prefix, whose entities plans and lines are seen by.
 *
 * @param prefix - begins their names, e.g. `scaling`
 * @public
 */
export async function createControllerTables(
  knex: Knex,
  prefix: string,
): Promise<void> {
  for (const statement of statementsOf(prefix)) {
    await knex.raw(statement);
  }
}

/** Undoes {@link createControllerTables}. The ledger goes with it. @public */
export async function dropControllerTables(
  knex: Knex,
  prefix: string,
): Promise<void> {
  for (const table of TABLES) {
    await knex.raw(`DROP TABLE ${prefix}_${table}`);
  }
  await knex.raw(`DROP FUNCTION ${prefix}_ledger_is_kept()`);
}

function statementsOf(p: string): string[] {
  return [
    `CREATE TABLE ${p}_leases (
      name text PRIMARY KEY,
      holder text NOT NULL,
      token bigint NOT NULL,
      expires_at timestamptz NOT NULL
    )`,
    // The number of a lease's newest holder: who has an older one writes no more.
    `CREATE TABLE ${p}_lease_fences (
      task text PRIMARY KEY,
      number bigint NOT NULL
    )`,
    // Of a policy on a cluster one plan is current. An undo is a plan beside it.
    `CREATE TABLE ${p}_plans (
      id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
      sequence bigint GENERATED ALWAYS AS IDENTITY,
      controller text NOT NULL,
      policy_id text NOT NULL,
      policy_title text NOT NULL,
      cluster text NOT NULL,
      mode text NOT NULL,
      requested_by text,
      two_persons boolean NOT NULL,
      planned_for timestamptz NOT NULL,
      valid_seconds integer NOT NULL,
      hash text NOT NULL,
      created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      expires_at timestamptz NOT NULL,
      closed_at timestamptz,
      undo_of uuid
    )`,
    `CREATE UNIQUE INDEX ${p}_plans_current ON ${p}_plans (controller, policy_id, cluster)
      WHERE closed_at IS NULL AND undo_of IS NULL`,
    `CREATE UNIQUE INDEX ${p}_plans_sequence ON ${p}_plans (sequence)`,
    `CREATE INDEX ${p}_plans_policy ON ${p}_plans (policy_id, sequence)`,
    `CREATE INDEX ${p}_plans_closed ON ${p}_plans (closed_at) WHERE closed_at IS NOT NULL`,
    `CREATE TABLE ${p}_actions (
      id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
      plan_id uuid NOT NULL REFERENCES ${p}_plans ON DELETE CASCADE,
      position integer NOT NULL,
      planned jsonb NOT NULL,
      text_hash text NOT NULL,
      target_key text NOT NULL,
      cluster text,
      namespace text,
      subject text NOT NULL,
      entity_ref text,
      direction text NOT NULL,
      changes jsonb NOT NULL,
      state text NOT NULL,
      state_since timestamptz NOT NULL DEFAULT clock_timestamp(),
      vetoes jsonb NOT NULL DEFAULT '[]',
      remark jsonb,
      mend text,
      not_before timestamptz,
      attempts integer NOT NULL DEFAULT 0,
      intent_token bigint,
      intent_version text,
      intent_at timestamptz,
      memory jsonb,
      applied_at timestamptz,
      applied_token bigint,
      result_version text,
      link text,
      undo_of uuid,
      undone_how text
    )`,
    `CREATE INDEX ${p}_actions_plan ON ${p}_actions (plan_id, position)`,
    `CREATE INDEX ${p}_actions_text ON ${p}_actions (text_hash)`,
    `CREATE INDEX ${p}_actions_live ON ${p}_actions (state)
      WHERE state IN ('waiting', 'approved', 'intended', 'done', 'unresolved')`,
    `CREATE INDEX ${p}_actions_target ON ${p}_actions (target_key, applied_at)`,
    `CREATE INDEX ${p}_actions_applied ON ${p}_actions (applied_at) WHERE applied_at IS NOT NULL`,
    `CREATE INDEX ${p}_actions_intended ON ${p}_actions (intent_at) WHERE intent_at IS NOT NULL`,
    `CREATE INDEX ${p}_actions_entity ON ${p}_actions (entity_ref)`,
    `CREATE INDEX ${p}_actions_undo ON ${p}_actions (undo_of) WHERE undo_of IS NOT NULL`,
    `CREATE TABLE ${p}_decisions (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      plan_id uuid NOT NULL REFERENCES ${p}_plans ON DELETE CASCADE,
      decision text NOT NULL,
      hash text NOT NULL,
      by_ref text NOT NULL,
      at timestamptz NOT NULL DEFAULT clock_timestamp(),
      reason text
    )`,
    `CREATE INDEX ${p}_decisions_plan ON ${p}_decisions (plan_id, id)`,
    // Stands by itself: what is said in it outlives plans.
    `CREATE TABLE ${p}_ledger (
      sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      at timestamptz NOT NULL DEFAULT clock_timestamp(),
      event text NOT NULL,
      action_id uuid NOT NULL,
      plan_id uuid NOT NULL,
      controller text NOT NULL,
      policy_id text NOT NULL,
      target jsonb NOT NULL,
      target_key text NOT NULL,
      cluster text,
      namespace text,
      subject text NOT NULL,
      entity_ref text,
      changes jsonb NOT NULL,
      by_ref text NOT NULL,
      approved_by text,
      token bigint,
      expected jsonb,
      undo_of uuid,
      said jsonb NOT NULL
    )`,
    `CREATE INDEX ${p}_ledger_entity ON ${p}_ledger (entity_ref, sequence)`,
    `CREATE INDEX ${p}_ledger_policy ON ${p}_ledger (policy_id, sequence)`,
    `CREATE INDEX ${p}_ledger_action ON ${p}_ledger (action_id)`,
    `CREATE FUNCTION ${p}_ledger_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'Lines of the ledger are added and never changed';
      END $$`,
    `CREATE TRIGGER ${p}_ledger_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON ${p}_ledger
      FOR EACH STATEMENT EXECUTE FUNCTION ${p}_ledger_is_kept()`,
    // Empty entity_ref = everything.
    `CREATE TABLE ${p}_kill_switches (
      entity_ref text PRIMARY KEY,
      is_on boolean NOT NULL,
      by_ref text NOT NULL,
      at timestamptz NOT NULL DEFAULT clock_timestamp(),
      reason text NOT NULL
    )`,
    `CREATE TABLE ${p}_contests (
      policy_id text NOT NULL,
      target_key text NOT NULL,
      subject text NOT NULL,
      entity_ref text,
      manager text NOT NULL,
      reverts integer NOT NULL,
      contested_at timestamptz,
      mend text,
      PRIMARY KEY (policy_id, target_key)
    )`,
    `CREATE TABLE ${p}_told (
      key text PRIMARY KEY,
      at timestamptz NOT NULL DEFAULT clock_timestamp()
    )`,
  ];
}
