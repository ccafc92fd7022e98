// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // Advice is computed in turns: what is done is kept until the run is shown.
  await knex.raw('ALTER TABLE cost_advice_runs ADD COLUMN holder text');
  await knex.raw(`
    CREATE TABLE cost_advice_outcomes (
      run_id integer NOT NULL,
      container_id integer NOT NULL,
      outcome jsonb,
      failure text,
      PRIMARY KEY (run_id, container_id)
    )`);
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('DROP TABLE cost_advice_outcomes');
  await knex.raw('ALTER TABLE cost_advice_runs DROP COLUMN holder');
};
