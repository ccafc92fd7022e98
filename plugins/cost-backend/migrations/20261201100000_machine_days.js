// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`
    ALTER TABLE cost_machines ADD COLUMN id integer GENERATED ALWAYS AS IDENTITY UNIQUE`);
  await knex.raw('ALTER TABLE cost_pod_hours ADD COLUMN machine_id integer');
  // Who had how much of a machine on a day of UTC, as bills have it, at estimated prices, so that what the machine
  // is billed goes to them alone.
  await knex.raw(`
    CREATE TABLE cost_machine_days (
      cluster_id integer NOT NULL,
      day date NOT NULL,
      machine_id integer NOT NULL,
      container_id integer NOT NULL,
      cpu_micros bigint NOT NULL,
      memory_micros bigint NOT NULL,
      gpu_micros bigint NOT NULL,
      cpu_core_microhours bigint NOT NULL,
      memory_byte_hours bigint NOT NULL,
      gpu_device_microhours bigint NOT NULL,
      PRIMARY KEY (container_id, day, machine_id)
    )`);
  await knex.raw(
    'CREATE INDEX cost_machine_days_cluster ON cost_machine_days (cluster_id, day, machine_id)',
  );
  // What all who had a machine on a day had of it.
  await knex.raw(`
    CREATE TABLE cost_machine_totals (
      cluster_id integer NOT NULL,
      day date NOT NULL,
      machine_id integer NOT NULL,
      micros bigint NOT NULL,
      PRIMARY KEY (machine_id, day, cluster_id)
    )`);
  await knex.raw(
    'CREATE INDEX cost_machine_totals_cluster ON cost_machine_totals (cluster_id, day)',
  );
  // Of which hours a day was summed, and whether each of them knew machines.
  await knex.raw(`
    CREATE TABLE cost_machine_sums (
      cluster_id integer NOT NULL,
      day date NOT NULL,
      hours text NOT NULL,
      is_known boolean NOT NULL,
      PRIMARY KEY (cluster_id, day)
    )`);
  await knex.raw(
    "CREATE INDEX cost_bill_items_machines ON cost_bill_items (period) WHERE machine <> ''",
  );
  // What a micro of the estimate of a machine costs on a day by the bill: for budgets.
  await knex.raw(`
    CREATE TABLE cost_bill_machine_days (
      period date NOT NULL,
      machine_id integer NOT NULL,
      day date NOT NULL,
      currency text NOT NULL,
      category text NOT NULL,
      is_fixed boolean NOT NULL,
      billed numeric NOT NULL,
      effective numeric NOT NULL,
      PRIMARY KEY (machine_id, day, period, currency, category, is_fixed)
    )`);
  await knex.raw(
    'CREATE INDEX cost_bill_machine_days_period ON cost_bill_machine_days (period)',
  );
  // The same of all machines of a kind of which it is not known who had them that day.
  await knex.raw(`
    CREATE TABLE cost_bill_kind_days (
      period date NOT NULL,
      cluster_id integer NOT NULL,
      day date NOT NULL,
      region text NOT NULL,
      capacity_type text NOT NULL,
      currency text NOT NULL,
      category text NOT NULL,
      is_fixed boolean NOT NULL,
      billed numeric NOT NULL,
      effective numeric NOT NULL,
      PRIMARY KEY (cluster_id, day, region, capacity_type, period, currency, category, is_fixed)
    )`);
  // What containers pay of the machines of a bill, so that a page need not find it out.
  await knex.raw(`
    CREATE TABLE cost_bill_shares (
      period date NOT NULL,
      currency text NOT NULL,
      cluster_id integer NOT NULL,
      region text NOT NULL,
      capacity_type text NOT NULL,
      container_id integer NOT NULL,
      billed numeric NOT NULL,
      effective numeric NOT NULL,
      estimated_micros bigint NOT NULL,
      PRIMARY KEY (period, currency, cluster_id, region, capacity_type, container_id)
    )`);
  // Of which bill and days a period was split, and how all deliveries were then.
  await knex.raw(`
    CREATE TABLE cost_bill_shared (
      period date PRIMARY KEY,
      fingerprint text NOT NULL,
      deliveries text
    )`);
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('DROP TABLE cost_bill_kind_days');
  await knex.raw('DROP TABLE cost_bill_machine_days');
  await knex.raw('DROP INDEX cost_bill_items_machines');
  await knex.raw('DROP TABLE cost_bill_shared');
  await knex.raw('DROP TABLE cost_bill_shares');
  await knex.raw('DROP TABLE cost_machine_sums');
  await knex.raw('DROP TABLE cost_machine_totals');
  await knex.raw('DROP TABLE cost_machine_days');
  await knex.raw('ALTER TABLE cost_pod_hours DROP COLUMN machine_id');
  await knex.raw('ALTER TABLE cost_machines DROP COLUMN id');
};
