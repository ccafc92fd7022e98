// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`
    CREATE TABLE cost_bill_deliveries (
      id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      source text NOT NULL,
      name text NOT NULL,
      version text,
      charges bigint NOT NULL DEFAULT 0,
      imported_at timestamptz,
      failed_version text,
      problem text,
      failed_at timestamptz,
      UNIQUE (source, name)
    )`);

  // What charges are told apart by. A key is the MD5 of all of it.
  await knex.raw(`
    CREATE TABLE cost_bill_items (
      id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      key uuid NOT NULL UNIQUE,
      period date NOT NULL,
      currency text NOT NULL,
      provider text NOT NULL,
      billing_account text NOT NULL,
      sub_account text NOT NULL,
      service text NOT NULL,
      service_category text NOT NULL,
      region text NOT NULL,
      resource_id text NOT NULL,
      category text NOT NULL,
      correction boolean NOT NULL,
      frequency text NOT NULL,
      pricing text NOT NULL,
      commitment text NOT NULL,
      commitment_id text NOT NULL,
      tags jsonb NOT NULL
    )`);
  await knex.raw(
    'CREATE INDEX cost_bill_items_period ON cost_bill_items (period)',
  );

  // Amounts as they were written: finer than a micro, so that sums are those of
  // the file. No foreign keys, as they are written in bulk.
  await knex.raw(`
    CREATE TABLE cost_bill_days (
      item_id integer NOT NULL,
      day date NOT NULL,
      delivery_id integer NOT NULL,
      billed numeric NOT NULL,
      effective numeric NOT NULL,
      list numeric NOT NULL,
      contracted numeric NOT NULL,
      charges integer NOT NULL,
      PRIMARY KEY (item_id, day, delivery_id)
    )`);
  await knex.raw(
    'CREATE INDEX cost_bill_days_delivery ON cost_bill_days (delivery_id)',
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'cost_bill_days',
    'cost_bill_items',
    'cost_bill_deliveries',
  ]) {
    await knex.raw(`DROP TABLE ${table}`);
  }
};
