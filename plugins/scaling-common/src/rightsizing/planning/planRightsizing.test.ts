import {
  liveQuantities,
  planRightsizing,
  TakenAdvice,
} from './planRightsizing';
import { TargetMove } from './moveTarget';
import { ScalerObject, TemplateObject } from './TemplateObject';

const OBJECT: TemplateObject = {
  target: {
    type: 'kubernetes',
    cluster: 'c',
    group: 'apps',
    version: 'v1',
    kind: 'Deployment',
    resource: 'deployments',
    namespace: 'shop',
    name: 'web',
    uid: 'u',
    resourceVersion: '7',
  },
  containers: [
    {
      name: 'web',
      resources: {
        requests: { cpu: '2', memory: '4Gi' },
        limits: { cpu: 4, memory: '4Gi' },
      },
    },
    { name: 'bare' },
  ],
  initContainers: [],
};

const ADVICE: TakenAdvice = {
  id: 'abc',
  patch: {
    containers: [
      {
        name: 'web',
        main: true,
        resources: {
          requests: { cpu: '203m', memory: '4Gi' },
          limits: { cpu: null },
        },
      },
    ],
  },
  moves: [],
  explanation: [{ message: 'It uses 180m.' }],
  savingPerMonth: '7300000',
  currency: 'USD',
};

const MOVE: TargetMove = {
  kind: 'HorizontalPodAutoscaler',
  name: 'web',
  resource: 'cpu',
  currentTarget: 70,
  proposedTarget: 90,
};

const POD = ['spec', 'template', 'spec', 'containers', '[name=web]'];

it('rolls nothing out for a quantity that is spelled otherwise', () => {
  const resources = { requests: { cpu: '2000m', memory: '4096Mi' } };
  expect(
    planRightsizing(
      {
        ...ADVICE,
        patch: { containers: [{ name: 'web', main: true, resources }] },
      },
      OBJECT,
      undefined,
    ),
  ).toMatchObject({
    withheld: {
      message: 'Deployment shop/web has what was advised already.',
    },
  });
});

it('changes what differs, and nothing else', () => {
  expect(
    planRightsizing(ADVICE, OBJECT, 'component:default/web'),
  ).toMatchObject([
    {
      subject: 'Deployment shop/web',
      entityRef: 'component:default/web',
      changes: [
        {
          path: [...POD, 'resources', 'requests', 'cpu'],
          before: '2',
          after: '203m',
        },
        {
          path: [...POD, 'resources', 'limits', 'cpu'],
          before: '4',
          after: null,
        },
      ],
      direction: 'down',
      expected: { savingPerHour: '10000', currency: 'USD' },
    },
  ]);
});

it('gives capacity where the advice costs more', () => {
  expect(
    planRightsizing({ ...ADVICE, savingPerMonth: '-1' }, OBJECT, undefined),
  ).toMatchObject([{ direction: 'up' }]);
  expect(
    planRightsizing({ ...ADVICE, savingPerMonth: '-730' }, OBJECT, undefined),
  ).toMatchObject([{ direction: 'up', expected: { savingPerHour: '-1' } }]);
});

it.each<[string, Partial<TakenAdvice>, Partial<TemplateObject>, RegExp]>([
  [
    'a Job',
    {},
    { target: { ...OBJECT.target, kind: 'Job' } },
    /^Job shop\/web is a Job, which has no pod template/,
  ],
  [
    'an autoscaler that has to follow and is not there',
    { moves: [MOVE] },
    {},
    /target of HorizontalPodAutoscaler web has to change/,
  ],
  [
    'a request of the pod',
    { patch: { containers: [], resources: { requests: { cpu: '1' } } } },
    {},
    /of the pod as a whole/,
  ],
  [
    'a container that is gone',
    {},
    { containers: [] },
    /has no container web any more/,
  ],
  [
    'nothing left to do',
    {
      patch: {
        containers: [
          {
            name: 'web',
            main: true,
            resources: { requests: { cpu: '2' }, limits: { cpu: '4' } },
          },
        ],
      },
    },
    {},
    /has what was advised already/,
  ],
])('says why not: %s', (_, advice, object, reason) => {
  expect(
    planRightsizing(
      { ...ADVICE, ...advice },
      { ...OBJECT, ...object },
      undefined,
    ),
  ).toMatchObject({ withheld: { message: expect.stringMatching(reason) } });
});

it('has the same key for the same wish, whatever runs now', () => {
  const keyOf = (object: TemplateObject) => {
    const actions = planRightsizing(ADVICE, object, undefined);
    return 'withheld' in actions ? undefined : actions.map(({ key }) => key);
  };
  const later = { ...OBJECT.target, resourceVersion: '8' };
  expect(keyOf({ ...OBJECT, target: later })).toEqual(keyOf(OBJECT));
});

it('lists what runs now', () => {
  expect(liveQuantities(OBJECT)).toEqual({
    web: {
      'requests.cpu': '2',
      'requests.memory': '4Gi',
      'limits.cpu': '4',
      'limits.memory': '4Gi',
    },
    bare: {},
  });
});

describe('an autoscaler in percent of the request', () => {
  const HPA: ScalerObject = {
    target: {
      ...OBJECT.target,
      group: 'autoscaling',
      version: 'v2',
      kind: 'HorizontalPodAutoscaler',
      resource: 'horizontalpodautoscalers',
      uid: 'h',
    },
    spec: {
      metrics: [
        {
          type: 'Resource',
          resource: { name: 'memory', target: { averageUtilization: 80 } },
        },
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { averageUtilization: 70 } },
        },
      ],
    },
  };
  const TARGET = [
    'spec',
    'metrics',
    '[resource.name=cpu]',
    'resource',
    'target',
    'averageUtilization',
  ];
  const plan = (move: TargetMove, scaler: ScalerObject = HPA) =>
    planRightsizing({ ...ADVICE, moves: [move] }, OBJECT, undefined, scaler);

  it('follows a lower request once all pods have it', () => {
    const actions = plan(MOVE);
    expect(actions).toMatchObject([
      { group: 'abc', target: OBJECT.target, direction: 'down' },
      {
        group: 'abc',
        target: HPA.target,
        subject: 'Deployment shop/web',
        changes: [{ path: TARGET, before: 70, after: 90 }],
        waitsFor: {
          target: OBJECT.target,
          rolledOut: true,
          fields: [
            { path: [...POD, 'resources', 'requests', 'cpu'], value: '203m' },
            { path: [...POD, 'resources', 'limits', 'cpu'], value: null },
          ],
        },
      },
    ]);
    expect(actions).not.toHaveProperty([0, 'waitsFor']);
  });

  it('goes before a higher request, so that there are never too few pods', () => {
    const actions = plan({ ...MOVE, proposedTarget: 50 });
    expect(actions).toMatchObject([
      { target: HPA.target, changes: [{ before: 70, after: 50 }] },
      {
        target: OBJECT.target,
        waitsFor: {
          target: HPA.target,
          fields: [{ path: TARGET, value: 50 }],
        },
      },
    ]);
    expect(actions).not.toHaveProperty([1, 'waitsFor', 'rolledOut']);
  });

  it('may be of one container, or of KEDA', () => {
    const ofContainer = {
      name: 'cpu',
      container: 'web',
      target: { averageUtilization: 70 },
    };
    expect(
      plan(
        { ...MOVE, container: 'web' },
        {
          ...HPA,
          spec: {
            metrics: [
              { type: 'ContainerResource', containerResource: ofContainer },
            ],
          },
        },
      ),
    ).toMatchObject([
      {},
      {
        changes: [
          {
            path: [
              'spec',
              'metrics',
              '[containerResource.container=web]',
              'containerResource',
              'target',
              'averageUtilization',
            ],
          },
        ],
      },
    ]);
    expect(
      plan(
        { ...MOVE, kind: 'ScaledObject' },
        {
          ...HPA,
          spec: { triggers: [{ type: 'cpu', metadata: { value: '70' } }] },
        },
      ),
    ).toMatchObject([
      {},
      {
        changes: [
          {
            path: ['spec', 'triggers', '[type=cpu]', 'metadata', 'value'],
            before: '70',
            after: '90',
          },
        ],
      },
    ]);
  });

  it.each<[string, TargetMove[], ScalerObject['spec'], RegExp]>([
    [
      'another target by now',
      [{ ...MOVE, currentTarget: 60 }],
      HPA.spec,
      /has a target of 70 % by now, and the advice was made for 60 %/,
    ],
    ['no such target', [MOVE], { metrics: [] }, /has 0 targets in percent/],
    [
      'two of the same name',
      [MOVE],
      { metrics: [...HPA.spec.metrics!, HPA.spec.metrics![1]] },
      /has 0 targets in percent/,
    ],
    ['several autoscalers', [MOVE, MOVE], HPA.spec, /^Several targets/],
  ])('is said why it is not moved: %s', (_, moves, spec, reason) => {
    expect(
      planRightsizing({ ...ADVICE, moves }, OBJECT, undefined, {
        ...HPA,
        spec,
      }),
    ).toMatchObject({ withheld: { message: expect.stringMatching(reason) } });
  });
});
