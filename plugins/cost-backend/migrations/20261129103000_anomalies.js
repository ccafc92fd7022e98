// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // Incidents of services and teams. opened_at, changed_at and closed_at are when
  // Headroom saw it: what tells people reads them.
  await knex.raw(`
    CREATE TABLE cost_anomalies (
      id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      kind text NOT NULL CHECK (kind IN ('service', 'team')),
      entity_ref text NOT NULL,
      first_day date NOT NULL,
      last_day date NOT NULL,
      days integer NOT NULL,
      actual_micros bigint NOT NULL,
      expected_micros bigint,
      score double precision NOT NULL,
      causes jsonb NOT NULL DEFAULT '[]',
      opened_at timestamptz NOT NULL,
      changed_at timestamptz NOT NULL,
      closed_at timestamptz,
      ended text CHECK (ended IN ('over', 'restated', 'expected')),
      expected_until date,
      expected_reason text,
      expected_by text,
      expected_at timestamptz,
      UNIQUE (entity_ref, first_day),
      CHECK ((closed_at IS NULL) = (ended IS NULL))
    )`);
  await knex.raw(
    'CREATE UNIQUE INDEX cost_anomalies_open ON cost_anomalies (entity_ref) WHERE closed_at IS NULL',
  );
  await knex.raw(
    'CREATE INDEX cost_anomalies_days ON cost_anomalies (last_day)',
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('DROP TABLE cost_anomalies');
};
