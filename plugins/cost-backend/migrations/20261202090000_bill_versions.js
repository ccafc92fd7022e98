// @ts-check

/** What a page of a bill is made of, but for what changes only with one of these. */
const REMEMBERED = [
  'cost_bill_restatements',
  'cost_bill_shared',
  'cost_entities',
  'cost_links',
  'cost_machines',
];

/** Written in millions of rows, and only where some change: none of them is to be copied for that. */
const LARGE = 'cost_bill_items';

/** What a statement did to a table, and which of its rows say that it did anything. */
const EVENTS = [
  { event: 'INSERT', rows: 'NEW' },
  { event: 'UPDATE', rows: 'NEW' },
  { event: 'DELETE', rows: 'OLD' },
];

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // Many statements are sent in case there is something to change, and change nothing.
  await knex.raw(`
    CREATE FUNCTION cost_note_changes() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
    BEGIN
      IF EXISTS (SELECT FROM changed) THEN
        UPDATE cost_table_versions SET version = gen_random_uuid() WHERE name = TG_TABLE_NAME;
      END IF;
      RETURN NULL;
    END $$`);
  for (const table of [...REMEMBERED, LARGE]) {
    await knex.raw(
      'INSERT INTO cost_table_versions VALUES (?, gen_random_uuid())',
      [table],
    );
  }
  await knex.raw(
    `CREATE TRIGGER note_write AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON ??
     FOR EACH STATEMENT EXECUTE FUNCTION cost_note_write()`,
    [LARGE],
  );
  for (const table of REMEMBERED) {
    for (const { event, rows } of EVENTS) {
      await knex.raw(
        `CREATE TRIGGER note_${event.toLowerCase()} AFTER ${event} ON ?? REFERENCING ${rows} TABLE AS changed
         FOR EACH STATEMENT EXECUTE FUNCTION cost_note_changes()`,
        [table],
      );
    }
    await knex.raw(
      `CREATE TRIGGER note_truncate AFTER TRUNCATE ON ?? FOR EACH STATEMENT EXECUTE FUNCTION cost_note_write()`,
      [table],
    );
  }
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of REMEMBERED) {
    for (const event of [...EVENTS.map(each => each.event), 'TRUNCATE']) {
      await knex.raw(`DROP TRIGGER note_${event.toLowerCase()} ON ??`, [table]);
    }
  }
  await knex.raw('DROP TRIGGER note_write ON ??', [LARGE]);
  await knex('cost_table_versions')
    .whereIn('name', [...REMEMBERED, LARGE])
    .delete();
  await knex.raw('DROP FUNCTION cost_note_changes()');
};
