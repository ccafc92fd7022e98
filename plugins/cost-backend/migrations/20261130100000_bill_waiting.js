// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // Deliveries that were read and may be what others have that still count, until one
  // transaction puts them in their place. Without a log, as they can be read again; a crash
  // empties all three alike.
  await knex.raw(`
    CREATE UNLOGGED TABLE cost_bill_waiting (
      id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      source text NOT NULL,
      name text NOT NULL,
      version text NOT NULL,
      read_at timestamptz NOT NULL,
      UNIQUE (source, name)
    )`);
  await knex.raw(`
    CREATE UNLOGGED TABLE cost_bill_waiting_items (
      waiting_id integer NOT NULL,
      key uuid NOT NULL,
      period date NOT NULL,
      currency text NOT NULL,
      provider text NOT NULL,
      billing_account text NOT NULL,
      sub_account text NOT NULL,
      service text NOT NULL,
      service_category text NOT NULL,
      region text NOT NULL,
      resource_id text NOT NULL,
      machine text NOT NULL,
      category text NOT NULL,
      correction boolean NOT NULL,
      frequency text NOT NULL,
      pricing text NOT NULL,
      commitment text NOT NULL,
      commitment_id text NOT NULL,
      tags jsonb NOT NULL,
      PRIMARY KEY (waiting_id, key)
    )`);
  await knex.raw(`
    CREATE UNLOGGED TABLE cost_bill_waiting_days (
      waiting_id integer NOT NULL,
      key uuid NOT NULL,
      day date NOT NULL,
      billed numeric NOT NULL,
      effective numeric NOT NULL,
      list numeric NOT NULL,
      contracted numeric NOT NULL,
      charges integer NOT NULL,
      PRIMARY KEY (waiting_id, key, day)
    )`);
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'cost_bill_waiting_days',
    'cost_bill_waiting_items',
    'cost_bill_waiting',
  ]) {
    await knex.raw(`DROP TABLE ${table}`);
  }
};
