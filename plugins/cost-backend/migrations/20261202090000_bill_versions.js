// @ts-check

/** What a page of a bill is made of, but for what changes only with one of these. */
const REMEMBERED = [
  'cost_bill_items',
  'cost_bill_restatements',
  'cost_bill_shared',
  'cost_entities',
  'cost_links',
];

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
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
    await knex('cost_table_versions').where({ name: table }).delete();
  }
};
