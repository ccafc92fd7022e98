import { ClusterSnapshot } from '@headroom/plugin-clusters-node';
import { RestoreRecord, ScalingTarget } from '@headroom/plugin-scaling-common';
import {
  budget,
  hpa,
  namespace,
  scaledObject,
  snapshotOf,
  workload,
} from './__testUtils__/snapshots';
import { readScalingTargets } from './readScalingTargets';

const targetsIn = (...given: Parameters<typeof readScalingTargets>) =>
  Array.from(readScalingTargets(...given));

/** The one target that a snapshot has. */
function only(snapshot: ClusterSnapshot): ScalingTarget {
  const targets = targetsIn(snapshot);
  expect(targets).toHaveLength(1);
  return targets[0];
}

const web = workload('Deployment', 'web');

describe('readScalingTargets', () => {
  it('names a workload as plans do, with what its cluster and the catalog know', () => {
    const [target] = targetsIn(
      snapshotOf({
        deployments: [
          workload('Deployment', 'web', {
            labels: { app: 'web' },
            annotations: { 'headroom.io/schedule': 'office' },
            replicas: 3,
            readyReplicas: 2,
            rolledOutAt: '2026-11-20T12:00:00.000Z',
            lastChange: { at: '2026-11-19T12:00:00Z', manager: 'kubectl-edit' },
          }),
        ],
        namespaces: [namespace('shop', { stage: 'dev' })],
      }),
      {
        contextOf: ({ namespace: where, kind, name }) => ({
          entityRef: `component:${where}/${kind}-${name}`,
          startUpSeconds: 40,
        }),
      },
    );
    expect(target).toEqual({
      workload: {
        type: 'kubernetes',
        cluster: 'eu',
        group: 'apps',
        version: 'v1',
        kind: 'Deployment',
        resource: 'deployments',
        namespace: 'shop',
        name: 'web',
        uid: 'uid-Deployment-web',
        resourceVersion: '7',
        annotations: { 'headroom.io/schedule': 'office' },
        fieldOwners: [],
      },
      labels: { app: 'web' },
      namespaceLabels: { stage: 'dev' },
      entityRef: 'component:shop/Deployment-web',
      startUpSeconds: 40,
      createdAt: '2026-01-05T08:00:00Z',
      lastRolloutAt: '2026-11-20T12:00:00.000Z',
      lastHumanChangeAt: '2026-11-19T12:00:00Z',
      replicas: 3,
      readyReplicas: 2,
      budgets: [],
    });
  });

  it('reads every kind that a schedule can act on', () => {
    const targets = targetsIn(
      snapshotOf({
        deployments: [web],
        statefulSets: [workload('StatefulSet', 'db')],
        cronJobs: [workload('CronJob', 'nightly', { suspend: false })],
        rollouts: [workload('Rollout', 'canary', { replicas: 0 })],
      }),
    );
    expect(
      targets.map(({ workload: { group, kind, resource }, ...target }) => [
        group,
        kind,
        resource,
        target.suspend,
        target.replicas,
      ]),
    ).toEqual([
      ['apps', 'Deployment', 'deployments', undefined, undefined],
      ['apps', 'StatefulSet', 'statefulsets', undefined, undefined],
      ['batch', 'CronJob', 'cronjobs', false, undefined],
      ['argoproj.io', 'Rollout', 'rollouts', undefined, 0],
    ]);
  });

  it('leaves out what is being deleted, and what a write of ours is not held of yet', () => {
    const targets = (behind: string[]) =>
      targetsIn(
        snapshotOf(
          {
            deployments: [
              web,
              workload('Deployment', 'api'),
              workload('Deployment', 'old', { deleting: true }),
            ],
            autoscalers: [hpa('api', 'api')],
          },
          behind,
        ),
      ).map(target => target.workload.name);
    expect(targets([])).toEqual(['web', 'api']);
    expect(targets([web.uid])).toEqual(['api']);
    expect(targets(['uid-HorizontalPodAutoscaler-api'])).toEqual(['web']);
  });

  it('says who controls a workload, also the Rollout that has its template', () => {
    const targets = targetsIn(
      snapshotOf({
        deployments: [
          web,
          workload('Deployment', 'operated', {
            controller: {
              apiVersion: 'example.com/v1',
              kind: 'App',
              name: 'operated',
              uid: 'u',
            },
          }),
        ],
        rollouts: [
          workload('Rollout', 'web', {
            podLabels: undefined,
            workloadRef: { kind: 'Deployment', name: 'web' },
          }),
        ],
        budgets: [budget('web', { selector: { matchLabels: { app: 'web' } } })],
      }),
    );
    expect(
      targets.map(({ controlledBy, budgets }) => [
        controlledBy,
        budgets.length,
      ]),
    ).toEqual([
      [{ kind: 'Rollout', name: 'web' }, 1],
      [{ kind: 'App', name: 'operated' }, 0],
      // Its pods are made of the Deployment's template.
      [undefined, 1],
    ]);
  });

  it('finds the budgets that bear on the pods of a workload', () => {
    const target = only(
      snapshotOf({
        deployments: [
          workload('Deployment', 'web', {
            podLabels: { app: 'web', tier: 'front' },
          }),
        ],
        budgets: [
          budget('z-all', { selector: {}, maxUnavailable: 1 }),
          budget('front', {
            selector: {
              matchExpressions: [
                { key: 'tier', operator: 'In', values: ['front', 'edge'] },
              ],
            },
            minAvailable: '50%',
          }),
          budget('none', {}),
          budget('other', { selector: { matchLabels: { app: 'api' } } }),
          {
            ...budget('elsewhere', { selector: {} }),
            namespace: 'other',
          },
        ],
      }),
    );
    expect(target.budgets).toEqual([
      { name: 'front', minAvailable: '50%' },
      { name: 'z-all', maxUnavailable: 1 },
    ]);
  });
});

describe('the owners of fields', () => {
  it('are those of what a schedule writes, with the tool that puts them back', () => {
    const owner = { operation: 'Apply', scope: 'field' } as const;
    const target = only(
      snapshotOf({
        deployments: [
          workload('Deployment', 'web', {
            annotations: {
              'argocd.argoproj.io/tracking-id': 'shop:apps/Deployment:shop/web',
            },
            owners: {
              'spec.replicas': [
                { ...owner, manager: 'argocd-controller' },
                {
                  manager: 'kube-controller-manager',
                  operation: 'Update',
                  subresource: 'scale',
                  scope: 'field',
                },
              ],
            },
          }),
        ],
        autoscalers: [
          hpa('web', 'web', {
            labels: {
              'kustomize.toolkit.fluxcd.io/name': 'apps',
              'kustomize.toolkit.fluxcd.io/namespace': 'flux-system',
            },
            owners: {
              'spec.minReplicas': [
                { ...owner, manager: 'kustomize-controller' },
              ],
              'spec.maxReplicas': [{ ...owner, manager: 'kubectl' }],
            },
          }),
        ],
      }),
    );
    expect(target.workload.fieldOwners).toEqual([
      {
        path: ['spec', 'replicas'],
        manager: 'argocd-controller',
        gitOps: 'argocd',
        source: 'shop',
      },
      { path: ['spec', 'replicas'], manager: 'kube-controller-manager' },
    ]);
    expect(target.autoscaler?.object.fieldOwners).toEqual([
      {
        path: ['spec', 'minReplicas'],
        manager: 'kustomize-controller',
        gitOps: 'flux',
        source: 'flux-system/apps',
      },
      { path: ['spec', 'maxReplicas'], manager: 'kubectl' },
    ]);
  });

  it('include those of the annotation that pauses a ScaledObject', () => {
    const target = only(
      snapshotOf({
        deployments: [web],
        scaledObjects: [
          scaledObject('web', 'web', {
            owners: {
              'metadata.annotations["autoscaling.keda.sh/paused-replicas"]': [
                {
                  manager: 'helm',
                  operation: 'Update',
                  scope: 'field',
                },
              ],
            },
          }),
        ],
      }),
    );
    expect(target.autoscaler?.object.fieldOwners).toEqual([
      {
        path: [
          'metadata',
          'annotations',
          'autoscaling.keda.sh/paused-replicas',
        ],
        manager: 'helm',
        gitOps: 'helm',
      },
    ]);
  });
});

describe('the record of what was', () => {
  const record: RestoreRecord = {
    v: 1,
    policy: 'p',
    at: '2026-11-28T18:00:00Z',
    fields: { 'spec.replicas': { was: 3, set: 0 } },
  };
  it.each([
    ['as it is written', JSON.stringify(record), record],
    ['as unreadable where it is not ours', '{"v":2}', 'unreadable'],
  ])('is read %s', (_, text, expected) => {
    const { restore } = only(
      snapshotOf({
        deployments: [
          workload('Deployment', 'web', {
            annotations: { 'headroom.io/restore': text },
          }),
        ],
      }),
    ).workload;
    expect(restore).toEqual(expected);
  });
});

describe('what steers a workload', () => {
  it('is an HPA, as it is written', () => {
    const target = only(
      snapshotOf({
        deployments: [web],
        autoscalers: [
          hpa('web', 'web', {
            lastChange: { at: '2026-11-21T12:00:00Z', manager: 'kubectl' },
          }),
          hpa('other', 'api'),
        ],
      }),
    );
    expect(target.autoscaler).toMatchObject({
      type: 'hpa',
      object: {
        group: 'autoscaling',
        version: 'v2',
        resource: 'horizontalpodautoscalers',
        name: 'web',
      },
      maxReplicas: 9,
    });
    expect(target.autoscaler).not.toHaveProperty('minReplicas');
    // Who changes what steers it, changes it.
    expect(target.lastHumanChangeAt).toBe('2026-11-21T12:00:00Z');
  });

  it('is a ScaledObject, and not the HPA that KEDA makes of it', () => {
    const keda = scaledObject('web', 'web', {
      minReplicaCount: 0,
      maxReplicaCount: 8,
      hpaName: 'keda-hpa-web',
      paused: true,
      annotations: {
        'autoscaling.keda.sh/paused-replicas': '0',
        'autoscaling.keda.sh/paused': 'true',
      },
    });
    const controller = {
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'ScaledObject',
      name: 'web',
      uid: keda.uid,
    };
    for (const made of [
      hpa('keda-hpa-web', 'web', { controller }),
      // Before its owner is noted, the status of the ScaledObject tells.
      hpa('keda-hpa-web', 'web'),
    ]) {
      const target = only(
        snapshotOf({
          deployments: [web],
          scaledObjects: [keda],
          autoscalers: [made],
        }),
      );
      expect(target.contestedBy).toBeUndefined();
      expect(target.autoscaler).toMatchObject({
        type: 'scaled-object',
        object: {
          group: 'keda.sh',
          version: 'v1alpha1',
          resource: 'scaledobjects',
        },
        minReplicaCount: 0,
        maxReplicaCount: 8,
        pausedReplicas: '0',
        paused: 'true',
        pausedInStatus: true,
      });
    }
  });

  it.each<[string, Parameters<typeof snapshotOf>[0], string[]]>([
    [
      'two HPAs',
      { autoscalers: [hpa('one', 'web'), hpa('two', 'web')] },
      ['HorizontalPodAutoscaler one', 'HorizontalPodAutoscaler two'],
    ],
    [
      'an HPA beside a ScaledObject',
      {
        scaledObjects: [scaledObject('web', 'web')],
        autoscalers: [hpa('web', 'web')],
      },
      ['ScaledObject web', 'HorizontalPodAutoscaler web'],
    ],
    [
      'an HPA of a ScaledObject that is not known',
      {
        autoscalers: [
          hpa('keda-hpa-web', 'web', {
            controller: {
              apiVersion: 'keda.sh/v1alpha1',
              kind: 'ScaledObject',
              name: 'web',
              uid: 'gone',
            },
          }),
        ],
      },
      ['HorizontalPodAutoscaler keda-hpa-web of ScaledObject web'],
    ],
    [
      'an HPA that something else makes',
      {
        autoscalers: [
          hpa('web', 'web', {
            controller: {
              apiVersion: 'example.com/v1',
              kind: 'App',
              name: 'web',
              uid: 'u',
            },
          }),
        ],
      },
      ['HorizontalPodAutoscaler web of App web'],
    ],
  ])('is contested by %s', (_, objects, contestedBy) => {
    const target = only(snapshotOf({ deployments: [web], ...objects }));
    expect(target.contestedBy).toEqual(contestedBy);
    expect(target.autoscaler).toBeUndefined();
  });

  it('is contested in a namespace that has one nobody can read', () => {
    const snapshot = snapshotOf({
      deployments: [web, { ...web, uid: 'other', namespace: 'other' }],
      autoscalers: [hpa('web', 'web')],
    });
    const [here, elsewhere] = targetsIn({
      ...snapshot,
      unreadable: [
        { kind: 'scaledObjects', uid: 'u', namespace: 'shop', name: 'odd' },
        { kind: 'rollouts', uid: 'v', namespace: 'other', name: 'odd' },
      ],
    });
    expect(here.contestedBy).toEqual([
      'HorizontalPodAutoscaler web',
      'ScaledObject odd',
    ]);
    expect(elsewhere.contestedBy).toBeUndefined();
  });

  it('is told apart by kind, group and namespace', () => {
    const steered = (target: object, where = 'shop') =>
      only(
        snapshotOf({
          deployments: [web],
          autoscalers: [
            {
              ...hpa('x', 'web', {
                target: { name: 'web', ...target } as never,
              }),
              namespace: where,
            },
          ],
        }),
      ).autoscaler !== undefined;
    expect(steered({ kind: 'Deployment' })).toBe(true);
    expect(
      steered({ kind: 'Deployment', apiVersion: 'extensions/v1beta1' }),
    ).toBe(true);
    expect(steered({ kind: 'Deployment', apiVersion: 'example.com/v1' })).toBe(
      false,
    );
    expect(steered({ kind: 'StatefulSet', apiVersion: 'apps/v1' })).toBe(false);
    expect(steered({ kind: 'Deployment' }, 'other')).toBe(false);
  });
});

it('takes one pass over what a cluster has, in one namespace as well', () => {
  const names = Array.from({ length: 10_000 }, (_, index) => `app-${index}`);
  let looks = 0;
  const counted = <T extends { value: unknown }>(object: T): T => {
    const { value } = object;
    return Object.defineProperty({ ...object }, 'value', {
      get: () => {
        looks += 1;
        return value;
      },
    });
  };
  const snapshot = snapshotOf({
    deployments: names.map(name => workload('Deployment', name)),
    autoscalers: names.map(name => hpa(name, name)),
    budgets: names.map(name =>
      counted(budget(name, { selector: { matchLabels: { app: name } } })),
    ),
  });
  const targets = targetsIn(snapshot);
  // Not once for every workload.
  expect(looks).toBeGreaterThanOrEqual(names.length);
  expect(looks).toBeLessThan(20 * names.length);
  expect(targets).toHaveLength(10_000);
  expect(targets.every(each => each.budgets.length === 1)).toBe(true);
  expect(targets.every(each => each.autoscaler)).toBe(true);
});
