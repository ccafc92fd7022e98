import { ScalingTarget } from '../../targets/ScalingTarget';
import { sayPlan } from '../../sentences/planSentences';
import { ScheduledChange } from './SchedulePlan';
import { weighSchedule, wordLead } from './weighSchedule';

const OBJECT = {
  type: 'kubernetes',
  cluster: 'c',
  group: 'apps',
  version: 'v1',
  kind: 'Deployment',
  resource: 'deployments',
  namespace: 'shop',
  name: 'web',
  uid: 'u',
  resourceVersion: '1',
  annotations: {},
  fieldOwners: [],
} as const;

const TARGET: ScalingTarget = {
  workload: OBJECT,
  labels: {},
  namespaceLabels: {},
  createdAt: '2026-01-01T00:00:00Z',
  replicas: 4,
  readyReplicas: 4,
  budgets: [],
};

const change = (over: Partial<ScheduledChange> = {}): ScheduledChange => ({
  object: OBJECT,
  subject: 'Deployment shop/web',
  changes: [],
  direction: 'down',
  replicasAfter: 1,
  reason: sayPlan('noPolicy'),
  undo: sayPlan('undoNote'),
  ...over,
});

const COST = { perHour: '800000', currency: 'USD', hours: 3 };
const said = (...of: Parameters<typeof weighSchedule>) =>
  weighSchedule(...of).evidence.map(({ text }) => text.message);

it('saves the share of what it costs that its replicas are fewer', () => {
  expect(weighSchedule(change(), TARGET, COST).expected).toEqual({
    savingPerHour: '600000',
    currency: 'USD',
  });
  expect(said(change(), TARGET, COST)).toEqual([
    'Deployment shop/web has 4 replicas, 4 of which are ready.',
    'Deployment shop/web cost 0.80 USD an hour in the last 3 hours that are known.',
  ]);
});

it('says what an autoscaler leaves open', () => {
  const autoscaler = {
    type: 'hpa',
    object: { ...OBJECT, kind: 'HorizontalPodAutoscaler' },
    maxReplicas: 9,
  } as const;
  const scaled = { ...TARGET, autoscaler };
  expect(said(change(), scaled, COST)).toContain(
    'HorizontalPodAutoscaler web may go down to 1 of 4 replicas; what is saved is that share at most.',
  );
  expect(said(change({ replicasAfter: 0 }), scaled, COST)).toHaveLength(2);
});

it('saves all of what a suspended CronJob costs', () => {
  const job: ScalingTarget = {
    ...TARGET,
    workload: { ...OBJECT, kind: 'CronJob' },
    replicas: undefined,
  };
  expect(
    weighSchedule(change({ replicasAfter: undefined }), job, COST).expected,
  ).toEqual({ savingPerHour: '800000', currency: 'USD' });
});

it('promises nothing that is not known', () => {
  const unknown = sayPlan('costsUnknown', { subject: 'Deployment shop/web' });
  const { evidence, expected } = weighSchedule(change(), TARGET, unknown);
  expect(expected).toEqual({});
  expect(evidence.at(-1)).toEqual({ text: unknown });
  for (const target of [
    { ...TARGET, replicas: undefined },
    { ...TARGET, replicas: 0 },
  ]) {
    expect(weighSchedule(change(), target, COST).expected).toEqual({});
  }
  expect(
    weighSchedule(change({ replicasAfter: undefined }), TARGET, COST).expected,
  ).toEqual({});
});

it('saves nothing by what gives capacity, and says how long that takes', () => {
  for (const direction of ['up', 'restore'] as const) {
    const up = change({ direction, replicasAfter: 8 });
    expect(weighSchedule(up, TARGET, COST).expected).toEqual({});
    expect(said(up, TARGET, COST).at(-1)).toMatch(/isn’t known yet/);
    expect(
      said(up, { ...TARGET, startUpSeconds: 41.6, startUps: 12 }, COST).at(-1),
    ).toBe(
      'Nine of ten of the last 12 pods of Deployment shop/web were ready within 42 seconds after they were made.',
    );
  }
});

it('shows small amounts as more than nothing', () => {
  expect(said(change(), TARGET, { ...COST, perHour: '420', hours: 1 })[1]).toBe(
    'Deployment shop/web cost 0.00042 USD in the last hour that is known.',
  );
});

it('says what a lead stands on, and that there is none', () => {
  const measured = { lead: { type: 'measured' } } as const;
  const of = (target: Partial<ScalingTarget>) =>
    wordLead({ ...TARGET, ...target }, measured)?.message;
  expect(of({ startUpSeconds: 41.6, startUps: 12 })).toBe(
    'Its windows begin 42 seconds earlier: that long nine of ten of its last 12 pods took to be ready at most.',
  );
  expect(of({ startUpSeconds: 7, startUps: 1 })).toMatch(/its only pod/);
  expect(of({})).toBe(
    'Its windows begin without a lead: none of its pods was seen to start yet.',
  );
  expect(
    wordLead(TARGET, { lead: { type: 'fixed', seconds: 60 } }),
  ).toBeUndefined();
});
