import { Knex } from 'knex';

/**
 * The ledger of a year of nights: from Monday to Friday each workload is taken to
 * nothing at 20:00 UTC and is given back its replicas at 06:00, and both are verified.
 *
 * @returns how many lines there are
 */
export async function seedLedger(
  knex: Knex,
  { workloads, days }: { workloads: number; days: number },
): Promise<number> {
  await knex.raw(
    `INSERT INTO scaling_ledger (at, event, action_id, plan_id, controller, policy_id, target,
       target_key, cluster, namespace, subject, entity_ref, changes, by_ref, expected, said)
     SELECT
       at + (w || ' milliseconds')::interval + (e.later || ' minutes')::interval, e.event,
       gen_random_uuid(), gen_random_uuid(), 'schedules', 'policy-' || w,
       jsonb_build_object('type', 'kubernetes', 'cluster', 'cluster-' || w % 5, 'group', 'apps',
         'version', 'v1', 'kind', 'Deployment', 'resource', 'deployments',
         'namespace', 'team-' || w % 100, 'name', 'service-' || w,
         'uid', 'uid-' || w, 'resourceVersion', '1000'),
       'uid-' || w, 'cluster-' || w % 5, 'team-' || w % 100,
       'Deployment team-' || w % 100 || '/service-' || w, 'component:default/service-' || w,
       jsonb_build_array(jsonb_build_object('path', jsonb_build_array('spec', 'replicas'),
         'before', CASE WHEN down THEN 3 ELSE 0 END, 'after', CASE WHEN down THEN 0 ELSE 3 END)),
       'policy:policy-' || w,
       CASE WHEN down THEN jsonb_build_object('text', jsonb_build_object('message', 'Nothing runs.'),
         'savingPerHour', '750000', 'currency', 'USD', 'settleSeconds', 300) END,
       jsonb_build_object('message', 'No window of policy-' || w || ' holds.')
     FROM generate_series(0, ? - 1) day
     CROSS JOIN (VALUES (true, 20), (false, 30)) AS turn (down, hour)
     CROSS JOIN LATERAL (SELECT date_trunc('day', now(), 'UTC') + ((day - ?) || ' days')::interval
       + (hour || ' hours')::interval AS at) AS time
     CROSS JOIN (VALUES ('applied', 0), ('verified', 5)) AS e (event, later)
     CROSS JOIN generate_series(0, ? - 1) w
     WHERE extract(isodow FROM at AT TIME ZONE 'UTC') BETWEEN 1 AND 6
       AND (extract(isodow FROM at AT TIME ZONE 'UTC') < 6 OR NOT down)
       AND (extract(isodow FROM at AT TIME ZONE 'UTC') > 1 OR down)
       AND at < now() - interval '1 hour'
     ORDER BY at, e.later, w`,
    [days, days, workloads],
  );
  await knex.raw('ANALYZE scaling_ledger');
  const { rows } = await knex.raw('SELECT count(*) FROM scaling_ledger');
  return Number(rows[0].count);
}
