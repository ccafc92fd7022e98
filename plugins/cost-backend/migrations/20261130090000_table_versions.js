// @ts-check

const REMEMBERED = ['cost_budgets', 'cost_budget_statuses'];

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // Whoever remembers all rows of a table asks one row whether they are still the same.
  await knex.raw(`
    CREATE TABLE cost_table_versions (
      name text PRIMARY KEY,
      version uuid NOT NULL
    )`);
  // Whoever writes by hand need not have the search path of the plugin.
  await knex.raw(`
    CREATE FUNCTION cost_note_write() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
    BEGIN
      UPDATE cost_table_versions SET version = gen_random_uuid() WHERE name = TG_TABLE_NAME;
      RETURN NULL;
    END $$`);
  for (const table of REMEMBERED) {
    await knex.raw(
      'INSERT INTO cost_table_versions VALUES (?, gen_random_uuid())',
      [table],
    );
    await knex.raw(
      `CREATE TRIGGER note_write AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON ??
       FOR EACH STATEMENT EXECUTE FUNCTION cost_note_write()`,
      [table],
    );
  }
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of REMEMBERED) {
    await knex.raw('DROP TRIGGER note_write ON ??', [table]);
  }
  await knex.raw('DROP FUNCTION cost_note_write()');
  await knex.raw('DROP TABLE cost_table_versions');
};
