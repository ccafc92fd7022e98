import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';

const RULES = path.resolve(
  __dirname,
  '../../../docs/manifests/alert-rules.yaml',
);
const TESTS = path.join(__dirname, 'alert-rules.test.yaml');
const BUDGETS = path.join(__dirname, 'budgets.yaml');

/** What somebody may break, and the alert that is wrong then. */
const BREAKS: Array<
  [what: string, right: string, wrong: string, alert: string]
> = [
  [
    'a threshold on the wrong side',
    'busy:percent < 50',
    'busy:percent > 50',
    'HeadroomGpuEfficiencyLow',
  ],
  [
    'another threshold',
    'requested:hour < 30',
    'requested:hour < 5',
    'HeadroomUtilisationLow',
  ],
  [
    'a day that need not be whole',
    'cluster_cost:hour[24h]) >= 1368',
    'cluster_cost:hour[24h]) >= 1',
    'HeadroomDailyCostOverBudget',
  ],
  [
    'a metric that nobody writes',
    'max by (cluster) (node_gpu_count)',
    'max by (cluster) (gpu_count)',
    'HeadroomGpuUsageMissing',
  ],
  [
    'a cluster that others hide',
    'headroom:cluster_seen:14d unless on (cluster) (',
    'headroom:cluster_seen:14d unless on () (',
    'HeadroomOpenCostMissing',
  ],
  [
    'requests that those of others hide',
    'unless on (cluster) headroom:cluster_requests:count',
    'unless on () headroom:cluster_requests:count',
    'HeadroomRequestsMissing',
  ],
  [
    'a day that is forgotten with its last sample',
    ' or 0 * headroom:cluster_seen:14d)',
    ')',
    'HeadroomDayNotWhole',
  ],
  [
    'a missing series that is taken for none',
    '          + on (cluster, namespace)\n',
    '          or on (cluster, namespace)\n',
    'HeadroomUtilisationLow',
  ],
  [
    'GPUs that are waste because nobody reports them',
    '(1 - avg by (cluster, namespace, pod) (headroom:gpu_busy:percent) / 100)',
    '(1 - (avg by (cluster, namespace, pod) (headroom:gpu_busy:percent) or 0 * headroom:pod_gpu_cost:hour) / 100)',
    'HeadroomWasteHigh',
  ],
  [
    'waste that is gone with one resource',
    '            or\n              label_replace(\n                headroom:pod_gpu_cost:hour',
    '            + on (cluster, namespace)\n              label_replace(\n                headroom:pod_gpu_cost:hour',
    'HeadroomWasteHigh',
  ],
  [
    'a container that hides what another leaves',
    'max by (cluster, namespace, pod, container) (kube_pod_container_resource_requests{resource="cpu"})\n                    - max by (cluster, namespace, pod, container) (',
    'sum by (cluster, namespace, pod) (kube_pod_container_resource_requests{resource="cpu"})\n                    - sum by (cluster, namespace, pod) (',
    'HeadroomWasteHigh',
  ],
  [
    'a reading of a GPU that can’t be',
    ' <= 100)',
    ')',
    'HeadroomGpuUsageMissing',
  ],
];

let folder: string;

before(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'headroom-alert-rules-'));
});

after(() => rmSync(folder, { recursive: true, force: true }));

function promtool(...args: string[]) {
  const { status, stdout, stderr, error } = spawnSync('promtool', args, {
    encoding: 'utf8',
    timeout: 5 * 60_000,
  });
  if (error) {
    throw error;
  }
  return { status, output: `${stdout}${stderr}` };
}

/** Runs the tests, or those of an alert, against rules of a file. */
function testRules(rules: string, alert = '') {
  const tests = path.join(folder, 'tests.yaml');
  writeFileSync(
    tests,
    readFileSync(TESTS, 'utf8')
      .split(/^(?= {2}- name: )/m)
      .filter((part, i) => i === 0 || part.includes(`alertname: ${alert}`))
      .join('')
      .replace(/^ {2}- .*alert-rules\.yaml$/m, `  - ${rules}`)
      .replace(/^ {2}- budgets\.yaml$/m, `  - ${BUDGETS}`),
  );
  return promtool('test', 'rules', tests);
}

describe('the alerting rules of docs/manifests', () => {
  it('are rules to promtool', () => {
    const { status, output } = promtool('check', 'rules', RULES);
    assert.equal(status, 0, output);
  });

  it('fire where they should, and nowhere else', () => {
    const { status, output } = testRules(RULES);
    assert.equal(status, 0, output);
  });

  it('are each held by a test', () => {
    const alerts = [
      ...readFileSync(RULES, 'utf8').matchAll(/- alert: (\w+)/g),
    ].map(([, name]) => name);
    const firing = new Set(
      [
        ...readFileSync(TESTS, 'utf8').matchAll(
          /alertname: (\w+)\n +exp_alerts:/g,
        ),
      ].map(([, name]) => name),
    );
    assert.deepEqual(
      alerts.filter(alert => !firing.has(alert)),
      [],
    );
  });

  for (const [what, right, wrong, alert] of BREAKS) {
    it(`are found to be wrong with ${what}`, () => {
      const rules = readFileSync(RULES, 'utf8');
      assert.ok(rules.includes(right), `${right} is not in the rules any more`);
      const broken = path.join(folder, 'broken.yaml');
      writeFileSync(broken, rules.replaceAll(right, wrong));
      const { status, output } = testRules(broken, alert);
      assert.notEqual(status, 0);
      assert.match(output, new RegExp(alert));
    });
  }
});
