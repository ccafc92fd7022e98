// @ts-check

/**
 * Power of GPUs by hour instead of one mean a day: energy is its integral, and a
 * mean over hours of work and rest says nothing of either.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(
    'ALTER TABLE cost_gpu_hours ADD COLUMN powered_seconds double precision',
  );
  await knex.raw(
    'UPDATE cost_gpu_hours SET powered_seconds = 3600 WHERE power_watts IS NOT NULL',
  );

  // One element an hour of the day; null = not known.
  await knex.raw(`
    ALTER TABLE cost_gpu_days
      ADD COLUMN watts real[],
      ADD COLUMN powered_seconds real[]`);
  await knex.raw(`
    UPDATE cost_gpu_days d SET watts = h.watts, powered_seconds = h.powered_seconds
    FROM (
      SELECT e.device_id, e.day,
        array_agg(g.power_watts::real ORDER BY t.hour) AS watts,
        array_agg(g.powered_seconds::real ORDER BY t.hour) AS powered_seconds
      FROM cost_gpu_days e
      CROSS JOIN LATERAL generate_series(
        e.starts_at, e.starts_at + (e.hours - 1) * interval '1 hour', interval '1 hour') AS t (hour)
      LEFT JOIN cost_gpu_hours g
        ON g.cluster_id = e.cluster_id AND g.hour = t.hour AND g.device_id = e.device_id
      GROUP BY e.device_id, e.day) h
    WHERE h.device_id = d.device_id AND h.day = d.day`);
  await knex.raw(`
    ALTER TABLE cost_gpu_days
      ALTER COLUMN watts SET NOT NULL,
      ALTER COLUMN powered_seconds SET NOT NULL,
      DROP COLUMN power_watts`);
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw(
    'ALTER TABLE cost_gpu_days ADD COLUMN power_watts double precision',
  );
  await knex.raw(
    'UPDATE cost_gpu_days SET power_watts = (SELECT avg(w) FROM unnest(watts) w)',
  );
  await knex.raw(`
    ALTER TABLE cost_gpu_days
      DROP COLUMN watts,
      DROP COLUMN powered_seconds`);
  await knex.raw('ALTER TABLE cost_gpu_hours DROP COLUMN powered_seconds');
};
