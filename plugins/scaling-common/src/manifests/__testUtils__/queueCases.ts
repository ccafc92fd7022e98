import { RuleCase } from './RuleCase';
import {
  deployment,
  pool,
  plugin,
  SLICED,
  gpu,
  queue,
  FLAVORS,
  FLAVOR,
  job,
  QUEUED,
  runners,
  RUNNER,
  alert,
} from './snippets';

export const QUEUE_CASES: readonly RuleCase[] = [
  {
    rule: 'M36',
    dont: pool('') + plugin(SLICED) + gpu('limits: { nvidia.com/gpu: 2 }'),
    do: pool('') + plugin(SLICED) + gpu('limits: { nvidia.com/gpu: 1 }'),
  },
  {
    rule: 'M36',
    dont: pool('') + gpu('limits: { nvidia.com/gpu.shared: 1 }'),
    do: `${pool(
      '',
    )}---\napiVersion: karpenter.sh/v1alpha1\nkind: NodeOverlay\nmetadata: { name: a }\nspec: { capacity: { nvidia.com/gpu.shared: "4" } }\n${gpu(
      'limits: { nvidia.com/gpu.shared: 1 }',
    )}`,
  },
  {
    rule: 'M37',
    dont: gpu('limits: { nvidia.com/gpu: 0.5 }'),
    do: gpu('limits: { nvidia.com/gpu: 1 }'),
  },
  {
    rule: 'M38',
    dont: gpu('requests: { nvidia.com/gpu: 1 }, limits: { nvidia.com/gpu: 2 }'),
    do: gpu('limits: { nvidia.com/gpu: 2 }'),
  },
  {
    rule: 'M38',
    dont: gpu('requests: { nvidia.com/gpu: 1 }'),
    do: gpu('requests: { nvidia.com/gpu: 1 }, limits: { nvidia.com/gpu: "1" }'),
  },
  {
    rule: 'M39',
    dont: plugin(SLICED.replace('replicas: 4', 'replicas: 1')),
    do: plugin(SLICED),
  },
  {
    rule: 'M39',
    dont: plugin(
      SLICED.replace('OnE', '').replace(
        'failRequestsGreaterThanOne: true',
        'renameByDefault: false',
      ),
    ),
    do: plugin(SLICED),
  },
  {
    rule: 'M39',
    dont: plugin(
      `${SLICED}\n  mps: { resources: [{ name: nvidia.com/gpu, replicas: 4 }] }`,
    ),
    do: plugin(SLICED),
  },
  {
    rule: 'M39',
    dont: plugin(SLICED.replace('nvidia.com/gpu', 'gpu')),
    do: plugin(SLICED.replace('nvidia.com/gpu', 'nvidia.com/mig-1g.5gb')),
  },
  {
    rule: 'M39',
    dont: plugin(SLICED.replace('replicas: 4', 'replicas: 4, devices: ["0"]')),
    do: plugin(SLICED.replace('replicas: 4', 'replicas: 4, devices: all')),
  },
  {
    rule: 'M40',
    dont: plugin(
      'version: v1\ntimeSlicing: { resources: [{ name: nvidia.com/gpu, replicas: 4 }] }',
    ),
    do: plugin(SLICED),
  },
  {
    rule: 'M40',
    dont: plugin(
      'version: v1\nsharing: { timeSlicing: { failRequestsGreaterThanOne: true, replicas: 4 } }',
    ),
    do: plugin(SLICED),
  },
  {
    rule: 'M41',
    dont: queue(`${FLAVORS}\n  cohort: all`),
    do: queue(`${FLAVORS}\n  cohortName: all`),
  },
  {
    rule: 'M41',
    dont: queue('  namespaceSelector: {}\n  resources: []'),
    do: queue(FLAVORS),
  },
  {
    rule: 'M42',
    dont: queue(FLAVORS.replace('  namespaceSelector: {}\n', '')),
    do: queue(FLAVORS),
  },
  {
    rule: 'M43',
    dont: queue(FLAVORS.replace('[cpu, memory]', '[cpu]')),
    do: queue(FLAVORS),
  },
  {
    rule: 'M43',
    dont: queue(
      FLAVORS.replace('nominalQuota: 8', 'nominalQuota: 8, borrowingLimit: 4'),
    ),
    do: queue(
      `${FLAVORS.replace(
        'nominalQuota: 8',
        'nominalQuota: 8, borrowingLimit: 4',
      )}\n  cohortName: all`,
    ),
  },
  {
    rule: 'M44',
    dont: queue(FLAVORS, FLAVOR.replace('name: spot', 'name: other')),
    do: queue(FLAVORS, FLAVOR),
  },
  {
    rule: 'M44',
    dont: queue(FLAVORS, job(QUEUED.replace('team', 'teem'))),
    do: queue(FLAVORS, job(QUEUED)),
  },
  { rule: 'M44', dont: job(''), do: job(QUEUED) },
  { rule: 'M44', dont: job(QUEUED, ''), do: job(QUEUED) },
  { rule: 'M44', dont: job(QUEUED, undefined, 'args: []'), do: job(QUEUED) },
  {
    rule: 'M44',
    dont: queue(
      FLAVORS,
      job(QUEUED).replace('clusterQueue: gpu', 'clusterQueue: cpu'),
    ),
    do: queue(FLAVORS, job(QUEUED)),
  },
  {
    rule: 'M45',
    dont: 'apiVersion: actions.summerwind.dev/v1alpha1\nkind: RunnerDeployment\nmetadata: { name: a }',
    do: runners(RUNNER),
  },
  {
    rule: 'M46',
    dont: runners(RUNNER, 'a'.repeat(46)),
    do: runners(RUNNER, 'a'.repeat(45)),
  },
  {
    rule: 'M46',
    dont: runners(`${RUNNER}\n    minRunners: 3\n    maxRunners: 2`),
    do: runners(`${RUNNER}\n    minRunners: 2\n    maxRunners: 3`),
  },
  {
    rule: 'M46',
    dont: ['a', 'b']
      .map(name =>
        deployment(undefined, { name }).replace(
          `name: ${name},`,
          `name: ${name}, labels: { app.kubernetes.io/part-of: gha-rs-controller },`,
        ),
      )
      .join(''),
    do: deployment(),
  },
  {
    rule: 'M47',
    dont: runners(RUNNER.replace('name: runner', 'name: main')),
    do: runners(RUNNER),
  },
  {
    rule: 'M47',
    dont: runners(RUNNER.replace(', command: ["/home/runner/run.sh"]', '')),
    do: runners(RUNNER),
  },
  {
    rule: 'M47',
    dont: runners(`${RUNNER}\n    containerMode: { type: kubernetes }`),
    do: runners('    containerMode: { type: kubernetes }'),
  },
  {
    rule: 'M47',
    dont: runners('    containerMode: { type: dind }'),
    do: runners(RUNNER),
  },
  {
    rule: 'M47',
    dont: runners(
      `${RUNNER}\n    githubConfigSecret: { github_app_id: 123456 }`,
    ),
    do: runners(
      `${RUNNER}\n    githubConfigSecret: { github_app_id: "123456" }`,
    ),
  },
  {
    rule: 'M47',
    dont: runners(`${RUNNER}\n    githubConfigSecret: { github_token: ghp_x }`),
    do: runners(`${RUNNER}\n    githubConfigSecret: github-app`),
  },
  {
    rule: 'M48',
    dont: runners(RUNNER),
    do: runners(RUNNER),
    workflow: {
      dont: 'on: push\njobs: { test: { runs-on: sport } }',
      do: 'on: push\njobs: { test: { runs-on: spot }, docs: { runs-on: ubuntu-latest } }',
    },
  },
  {
    rule: 'M49',
    dont: deployment().replace(
      'name: web, namespace: shop',
      'name: web, namespace: shop, labels: { goldilocks.fairwinds.com/enabled: "true" }',
    ),
    do: 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop, labels: { goldilocks.fairwinds.com/enabled: "true" } }',
  },
  {
    rule: 'M50',
    dont: alert('{ alert: Down, expr: up == 0 }'),
    do: alert('{ alert: Down, expr: up == 0, for: 10m }'),
  },
  {
    rule: 'M50',
    dont: alert("{ record: a, expr: 'sum(rate(x[5m]) by (pod))' }"),
    do: alert(
      "{ record: a, expr: 'sum by (pod) (rate(x[5m])) / sum(rate(y[5m])) by (pod)' }",
    ),
  },
  {
    rule: 'M50',
    dont: alert("{ record: a, expr: 'sum(rate(x[5m])' }"),
    do: alert(`{ record: a, expr: 'sum(x{a="("})' }`),
  },
  {
    rule: 'M50',
    dont: alert("{ record: a, expr: '' }"),
    do: alert('{ record: a, expr: up }'),
  },
  {
    rule: 'M50',
    dont: alert("{ record: a, expr: 'avg(DCGM_FI_PROF_SM_ACTIVE) < bool 5' }"),
    do: alert("{ record: a, expr: 'avg(DCGM_FI_PROF_SM_ACTIVE) < bool 0.05' }"),
  },
  {
    rule: 'M51',
    dont: alert('{ record: a, expr: up }', '{}'),
    do: alert('{ record: a, expr: up }'),
  },
  {
    rule: 'M51',
    dont: alert('{ record: a, expr: up }', '{ team: a }'),
    do: alert('{ record: a, expr: up }'),
    context: { ruleSelector: { release: 'prometheus' } },
  },
  {
    rule: 'M46',
    dont: 'githubConfigUrl: https://github.com/acme\nminRunners: 3\nmaxRunners: 2\n',
    do: 'githubConfigUrl: https://github.com/acme\nminRunners: 0\nmaxRunners: 2\n',
  },
  {
    rule: 'M47',
    dont: 'githubConfigUrl: https://github.com/acme\ngithubConfigSecret: { github_token: ghp_x }\n',
    do: 'githubConfigUrl: https://github.com/acme\ngithubConfigSecret: github-app\n',
  },
];
