// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // How far each bill has come, and whose it is, without a look at its charges.
  await knex.raw(`
    ALTER TABLE cost_bill_deliveries
      ADD COLUMN billing_accounts text[] NOT NULL DEFAULT '{}',
      ADD COLUMN first_usage_day date,
      ADD COLUMN last_usage_day date`);
  await knex.raw(`
    UPDATE cost_bill_deliveries v
    SET billing_accounts = s.accounts, first_usage_day = s.first_day, last_usage_day = s.last_day
    FROM (
      SELECT d.delivery_id, array_agg(DISTINCT i.billing_account) AS accounts,
        min(d.day) FILTER (WHERE i.category = 'Usage') AS first_day,
        max(d.day) FILTER (WHERE i.category = 'Usage') AS last_day
      FROM cost_bill_days d JOIN cost_bill_items i ON i.id = d.item_id GROUP BY d.delivery_id
    ) s WHERE s.delivery_id = v.id`);
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw(`
    ALTER TABLE cost_bill_deliveries
      DROP COLUMN billing_accounts,
      DROP COLUMN first_usage_day,
      DROP COLUMN last_usage_day`);
};
