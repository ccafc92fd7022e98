// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // Reviews of closed weeks; written once. What delivers one takes it once.
  await knex.raw(`
    CREATE TABLE cost_reviews (
      week date PRIMARY KEY,
      made_at timestamptz NOT NULL,
      header jsonb NOT NULL,
      taken_at timestamptz
    )`);

  // Whose rows a caller sees is said by what they are of; empty = of no service.
  await knex.raw(`
    CREATE TABLE cost_review_rows (
      week date NOT NULL REFERENCES cost_reviews (week) ON DELETE CASCADE,
      kind text NOT NULL CHECK (kind IN ('service', 'unallocated', 'idle')),
      entity_ref text NOT NULL,
      facts jsonb NOT NULL,
      PRIMARY KEY (week, kind, entity_ref)
    )`);
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('DROP TABLE cost_review_rows');
  await knex.raw('DROP TABLE cost_reviews');
};
