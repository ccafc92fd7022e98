import assert from 'node:assert/strict';
import { KSM, node, pod, said, usage } from '../cluster';
import { chargeOf, containersOf, problemsOf, Seen } from '../observe';
import { GIB, Series, START } from '../series';
import { assertClose, assertWebIsRight } from './right';
import { Cases } from './types';

const without = (all: Series[], ...metrics: string[]) =>
  all.filter(({ metric }) => !metrics.includes(metric));

const silence = (series: Series[], code: string, mends: RegExp) => ({
  series,
  check: (seen: Seen) => {
    for (const hour of [0, 1, 2]) {
      assert.ok(problemsOf(seen, hour).includes(code), `${code} is said`);
    }
    const problem = seen.observations.problems.find(each => each.code === code);
    assert.match(problem?.message ?? '', mends);
  },
});

/** The values of some series are NaN for a time. */
function withNaN(
  all: Series[],
  metric: string,
  from = 5000,
  seconds = 600,
): Series[] {
  return all.map(one =>
    one.metric.startsWith(metric)
      ? {
          ...one,
          samples: one.samples.map(([at, value]): [number, number] => [
            at,
            at > from && at <= from + seconds ? NaN : value,
          ]),
        }
      : one,
  );
}

/** Amounts are right, and it is said which series was no number, and when. */
const notNumbers = (metric: string, series: Series[]) => ({
  series,
  check: (seen: Seen) => {
    assertWebIsRight(seen);
    const problems = seen.observations.problems.filter(
      ({ code, message }) =>
        code === 'not-a-number' && message.startsWith(metric),
    );
    assert.deepEqual(
      problems.map(({ hour }) => hour?.slice(11, 13)),
      ['11'],
    );
    assert.match(problems[0].message, /shop\/web-1\/web.*!=/);
  },
});

export const missing: Cases = {
  'no kube_pod_container_resource_requests': silence(
    [
      ...node(),
      ...without(pod(), 'kube_pod_container_resource_requests'),
      ...usage(),
    ],
    'no-requests',
    /kube_pod_container_resource_requests.*only usage is charged.*denylist/,
  ),
  'no kube_pod_status_phase': silence(
    [...node(), ...without(pod(), 'kube_pod_status_phase'), ...usage()],
    'no-phases',
    /kube_pod_status_phase.*charged as if they ran/,
  ),
  'one node whose cAdvisor says nothing': silence(
    [
      ...node(),
      ...node({ name: 'node-2' }),
      ...pod(),
      ...pod({
        name: 'api-1',
        node: 'node-2',
        container: 'api',
        owner: { kind: 'StatefulSet', name: 'api' },
      }),
      ...usage(),
    ],
    'node-unmeasured',
    /node-2.*metrics\/cadvisor/,
  ),
  'ten minutes of NaN': notNumbers('container_cpu_usage_seconds_total', [
    ...node(),
    ...pod(),
    ...withNaN(usage(), 'container_'),
  ]),
  'ten minutes of NaN in requests': notNumbers(
    'kube_pod_container_resource_requests',
    [
      ...node(),
      ...withNaN(pod(), 'kube_pod_container_resource_requests'),
      ...usage(),
    ],
  ),
  'ten minutes of NaN in capacity at the end of an hour': {
    series: [
      ...withNaN(node(), 'kube_node_status_capacity', 6900),
      ...pod(),
      ...usage(),
    ],
    check: assertWebIsRight,
  },
  'an hour of NaN in requests': {
    series: [
      ...node(),
      ...withNaN(pod(), 'kube_pod_container_resource_requests', 3600, 3600),
      ...usage(),
    ],
    check: seen => {
      const problems = seen.observations.problems.filter(
        ({ code }) => code === 'not-a-number',
      );
      assert.ok(problems.some(({ hour }) => hour?.includes('T11:')));
      // What it uses.
      assertClose(chargeOf(seen, 1, 'web').coreHours, 0.5, 'core-hours', 0.02);
    },
  },
};

/** A pod of a Job that is never restarted and is killed for memory at 4 GiB. */
function killed(): Series[] {
  const name = 'report-28-x7k2w';
  const [from, to, gone] = [3900, 4500, 9000];
  const labels = { namespace: 'shop', pod: name, container: 'report' };
  return [
    ...pod({
      name,
      container: 'report',
      owner: { kind: 'Job', name: 'report-28' },
      requests: { cpu: 1, memory: 4 * GIB },
      from,
      to,
    }),
    said(
      KSM,
      'kube_pod_info',
      {
        namespace: 'shop',
        pod: name,
        node: 'node-1',
        created_by_kind: 'Job',
        created_by_name: 'report-28',
      },
      1,
      to,
      gone,
    ),
    said(
      KSM,
      'kube_pod_status_phase',
      { namespace: 'shop', pod: name, phase: 'Failed' },
      1,
      to,
      gone,
    ),
    said(
      KSM,
      'kube_pod_container_resource_limits',
      { ...labels, node: 'node-1', resource: 'memory' },
      4 * GIB,
      from,
      gone,
    ),
    said(
      KSM,
      'kube_pod_container_status_terminated_reason',
      { ...labels, reason: 'OOMKilled' },
      1,
      to,
      gone,
    ),
    said(
      KSM,
      'kube_pod_container_status_terminated_reason',
      { ...labels, reason: 'Error' },
      0,
      to,
      gone,
    ),
    said(
      KSM,
      'kube_pod_container_status_restarts_total',
      labels,
      0,
      from,
      gone,
    ),
    said(KSM, 'kube_job_owner', {
      namespace: 'shop',
      job_name: 'report-28',
      owner_kind: 'CronJob',
      owner_name: 'report',
      owner_is_controller: 'true',
    }),
    ...usage({
      pod: name,
      container: 'report',
      id: '/kubepods/podr/r',
      name: 'r',
      gib: 1.2,
      from,
      to,
    }),
  ];
}

export const kills: Cases = {
  'a Job that is never restarted is killed for memory': {
    series: [...node(), ...pod(), ...usage(), ...killed()],
    check: seen => {
      const report = seen.observations.containers.filter(
        ({ container }) => container === 'report',
      );
      assert.deepEqual(
        report.map(({ hour, oomKills }) => [hour, oomKills]),
        [[new Date((START + 3600) * 1000).toISOString(), 1]],
      );
      assert.equal(report[0].memoryLimitBytes, 4 * GIB);
      assert.equal(report[0].workload, 'report');
      assert.equal(report[0].run, 'report-28');
      assertClose(
        chargeOf(seen, 1, 'report').gibHours,
        4 / 6,
        'its time',
        0.01,
      );
      assert.equal(containersOf(seen, 2).length, 1);
    },
  },
};
