import { planResize } from './planResize';
import { TakenAdvice } from './planRightsizing';
import { RunningContainer, RunningPod } from './TemplateObject';

const SUBJECT = 'Deployment shop/web';

const pod = (
  name: string,
  resources: RunningContainer['resources'],
  more: Partial<RunningContainer> = {},
): RunningPod => ({
  target: {
    type: 'kubernetes',
    cluster: 'c',
    group: '',
    version: 'v1',
    kind: 'Pod',
    resource: 'pods',
    namespace: 'shop',
    name,
    uid: `uid-${name}`,
    resourceVersion: '1',
  },
  containers: [{ name: 'web', resources, ...more }],
  initContainers: [],
});

const BURSTABLE = {
  requests: { cpu: '2', memory: '4Gi' },
  limits: { cpu: '4', memory: '8Gi' },
};

const advice = (
  resources: TakenAdvice['patch']['containers'][number]['resources'],
  more: Partial<TakenAdvice> = {},
): TakenAdvice => ({
  id: 'abc',
  patch: { containers: [{ name: 'web', main: true, resources }] },
  moves: [],
  explanation: [{ message: 'It uses 180m.' }],
  savingPerMonth: '14600',
  currency: 'USD',
  ...more,
});

const PATH = ['spec', 'containers', '[name=web]', 'resources'];

it('resizes each pod that runs, by a write of its own', () => {
  const pods = [pod('web-1', BURSTABLE), pod('web-2', BURSTABLE)];
  const actions = planResize(
    advice({ requests: { cpu: '500m', memory: '4096Mi' } }),
    SUBJECT,
    pods,
    'component:default/web',
  );
  expect(actions).toMatchObject(
    pods.map(({ target }) => ({
      group: 'abc:pods',
      target,
      subject: SUBJECT,
      changes: [
        { path: [...PATH, 'requests', 'cpu'], before: '2', after: '500m' },
      ],
      direction: 'down',
      // 20 a hour, of two pods
      expected: { savingPerHour: '10' },
    })),
  );
});

it('leaves out pods that have it already', () => {
  const has = { ...BURSTABLE, requests: { cpu: '0.5', memory: '4Gi' } };
  expect(
    planResize(
      advice({ requests: { cpu: '500m' } }),
      SUBJECT,
      [pod('web-1', has), pod('web-2', BURSTABLE)],
      undefined,
    ),
  ).toMatchObject([{ target: { name: 'web-2' } }]);
});

it('keeps a limit that cannot be taken away, and says so', () => {
  expect(
    planResize(
      advice({ requests: { cpu: '500m' }, limits: { cpu: null } }),
      SUBJECT,
      [pod('web-1', BURSTABLE)],
      undefined,
    ),
  ).toMatchObject([
    {
      changes: [{ path: [...PATH, 'requests', 'cpu'] }],
      evidence: [
        { text: { message: 'It uses 180m.' } },
        {
          text: {
            message:
              'The limit of cpu of container web, 4, stays: it cannot be taken away from a pod that runs.',
          },
        },
      ],
    },
  ]);
});

it('says which containers a resize restarts', () => {
  const resizePolicy = [
    { resourceName: 'cpu', restartPolicy: 'NotRequired' },
    { resourceName: 'memory', restartPolicy: 'RestartContainer' },
  ];
  const reasonOf = (requests: Record<string, string>) =>
    planResize(
      advice({ requests }),
      SUBJECT,
      [pod('web-1', BURSTABLE, { resizePolicy })],
      undefined,
    );
  expect(reasonOf({ memory: '2Gi' })).toMatchObject([
    { reason: { message: expect.stringContaining('restarts web') } },
  ]);
  expect(reasonOf({ cpu: '1' })).toMatchObject([
    { reason: { message: expect.not.stringContaining('restarts') } },
  ]);
});

const GUARANTEED = {
  requests: { cpu: '2', memory: '4Gi' },
  limits: { cpu: '2', memory: '4Gi' },
};

it.each<[string, TakenAdvice, RunningPod[], RegExp]>([
  [
    'another class of service',
    advice({ requests: { cpu: '1' } }),
    [pod('web-1', GUARANTEED)],
    /^Pod web-1 would be Burstable instead of Guaranteed/,
  ],
  [
    'guaranteed from now on',
    advice({ requests: { cpu: '4', memory: '8Gi' } }),
    [pod('web-1', BURSTABLE)],
    /would be Guaranteed instead of Burstable/,
  ],
  [
    'a request above a limit that stays',
    advice({ requests: { cpu: '5' }, limits: { cpu: null } }),
    [pod('web-1', BURSTABLE)],
    /a request of 5 is above it/,
  ],
  [
    'an autoscaler that counts in percent',
    advice(
      { requests: { cpu: '1' } },
      {
        moves: [
          {
            kind: 'HorizontalPodAutoscaler',
            name: 'web',
            resource: 'cpu',
            currentTarget: 70,
            proposedTarget: 80,
          },
        ],
      },
    ),
    [pod('web-1', BURSTABLE)],
    /have HorizontalPodAutoscaler web count with two different requests/,
  ],
  ['no pods', advice({ requests: { cpu: '1' } }), [], /has no pod that runs/],
  [
    'more pods than a plan has room for',
    advice({ requests: { cpu: '1' } }),
    Array.from({ length: 51 }, (_, i) => pod(`web-${i}`, BURSTABLE)),
    /has 51 pods that run, and at most 50/,
  ],
  [
    'an init container',
    {
      ...advice({}),
      patch: {
        containers: [
          { name: 'init', main: false, resources: { requests: { cpu: '1' } } },
        ],
      },
    },
    [pod('web-1', BURSTABLE)],
    /^Only init containers/,
  ],
  [
    'a container that is gone',
    advice({ requests: { cpu: '1' } }),
    [{ ...pod('web-1', BURSTABLE), containers: [] }],
    /has no container web any more/,
  ],
  [
    'what is so already',
    advice({ requests: { cpu: '2000m' } }),
    [pod('web-1', BURSTABLE)],
    /has what was advised already/,
  ],
])('says why not: %s', (_, taken, pods, reason) => {
  expect(planResize(taken, SUBJECT, pods, undefined)).toMatchObject({
    withheld: { message: expect.stringMatching(reason) },
  });
});

it('keeps Guaranteed what stays so', () => {
  expect(
    planResize(
      advice({ requests: { cpu: '1' }, limits: { cpu: '1' } }),
      SUBJECT,
      [pod('web-1', GUARANTEED)],
      undefined,
    ),
  ).toMatchObject([{ changes: [{ after: '1' }, { after: '1' }] }]);
});
