import fc from 'fast-check';
import {
  DEFAULT_WATCH_LIMITS,
  judgeRightsizing,
  RightsizingWatch,
  WatchedContainer,
  WatchedPod,
} from './judgeRightsizing';

const APPLIED = '2026-03-02T10:00:00Z';
const at = (minutes: number) =>
  new Date(Date.parse(APPLIED) + minutes * 60_000).toISOString();

const container = (over: Partial<WatchedContainer> = {}): WatchedContainer => ({
  name: 'web',
  restarts: 0,
  ...over,
});
const pod = (over: Partial<WatchedPod> = {}): WatchedPod => ({
  name: 'web-1',
  createdAt: at(1),
  phase: 'Running',
  ready: true,
  containers: [container()],
  ...over,
});
const watch = (over: Partial<RightsizingWatch> = {}): RightsizingWatch => ({
  appliedAt: APPLIED,
  now: at(61),
  containers: ['web'],
  pods: [pod()],
  wanted: 1,
  queries: [],
  ...over,
});

const killed = (minutes: number) =>
  container({
    restarts: 1,
    lastEnd: { reason: 'OOMKilled', exitCode: 137, at: at(minutes) },
  });

it('is well after the watch, and not before', () => {
  expect(judgeRightsizing(watch())).toMatchObject({
    outcome: 'ok',
    text: { message: expect.stringContaining('For 60 minutes') },
  });
  expect(judgeRightsizing(watch({ now: at(59) })).outcome).toBe('notYet');
});

it.each<[string, Partial<RightsizingWatch>, string]>([
  [
    'an OOM kill',
    { pods: [pod({ containers: [killed(5)] })] },
    'Container web of pod web-1 was killed for lack of memory after the change.',
  ],
  [
    'restarts',
    {
      pods: [
        pod({
          containers: [
            container({
              restarts: 2,
              lastEnd: { reason: 'Error', exitCode: 1, at: at(9) },
            }),
          ],
        }),
      ],
    },
    'Container web of pod web-1 restarted 2 times after the change.',
  ],
  [
    'a crash loop, of whichever container',
    {
      pods: [
        pod({
          containers: [
            container({ name: 'side', waiting: 'CrashLoopBackOff' }),
          ],
        }),
      ],
    },
    'Container side of pod web-1 fails again and again after the change.',
  ],
  [
    'a pod without a node',
    { pods: [pod({ ready: false, unscheduledSince: at(50) })] },
    'Pod web-1 has found no node for 11 minutes.',
  ],
  [
    'a roll-out that is stuck while pods of before serve',
    {
      pods: [
        pod({ name: 'old', createdAt: at(-90) }),
        pod({ ready: false, containers: [container()] }),
      ],
    },
    'Pod web-1 is not ready 60 minutes after the change.',
  ],
  [
    'throttling that rises',
    { throttledShare: { before: 0.1, now: 0.6 } },
    'The containers were throttled in 10 % of the time before the change, and in 60 % after it.',
  ],
  [
    'a query of the service',
    { queries: [{ title: 'Errors', value: 0.2, above: 0.05 }] },
    'Errors is 0.2, and more than 0.05 is too much.',
  ],
])('is undone after %s', (_, over, message) => {
  expect(judgeRightsizing(watch({ now: at(61), ...over }))).toMatchObject({
    outcome: 'undo',
    reason: { message },
  });
});

it.each<[string, Partial<RightsizingWatch>]>([
  [
    'a kill of another container',
    { pods: [pod({ containers: [{ ...killed(3), name: 'side' }] })] },
  ],
  ['throttling as before', { throttledShare: { before: 0.5, now: 0.6 } }],
  ['throttling that is not known', { throttledShare: { before: 0.5 } }],
  ['throttling that was not known before', { throttledShare: { now: 0.9 } }],
  ['a query without an answer', { queries: [{ title: 'E', above: 0.05 }] }],
  [
    'a query that said so before',
    { queries: [{ title: 'E', value: 0.2, before: 0.3, above: 0.05 }] },
  ],
])('is not undone for %s', (_, over) => {
  expect(judgeRightsizing(watch(over)).outcome).toBe('ok');
});

it('is undone within seconds for a kill, and for how the service does once pods have started', () => {
  const seconds = (count: number) => at(count / 60);
  const young = pod({ createdAt: seconds(2), containers: [killed(0.5)] });
  expect(
    judgeRightsizing(watch({ now: seconds(31), pods: [young] })).outcome,
  ).toBe('undo');
  const slow = { throttledShare: { before: 0.1, now: 0.6 } };
  const failing = { queries: [{ title: 'Errors', value: 0.2, above: 0.05 }] };
  for (const service of [slow, failing]) {
    const after = (count: number) =>
      judgeRightsizing(watch({ now: seconds(count), ...service })).outcome;
    expect([after(119), after(120)]).toEqual(['notYet', 'undo']);
  }
});

it.each<[string, Partial<RightsizingWatch>]>([
  ['pods that cannot be read', { pods: undefined }],
  [
    'pods that are not ready',
    { wanted: 2, pods: [pod(), pod({ ready: false })] },
  ],
  ['no pods where none are wanted', { pods: [], wanted: 0 }],
  ['pods of before alone', { pods: [pod({ createdAt: at(-90) })] }],
  [
    'a pod of before that goes on',
    { pods: [pod(), pod({ createdAt: at(-90) })] },
  ],
  [
    'a kill of before',
    { pods: [pod({ createdAt: at(-90), containers: [killed(-1)] })] },
  ],
  [
    'restarts of before',
    {
      pods: [
        pod({ createdAt: at(-90), containers: [container({ restarts: 9 })] }),
      ],
    },
  ],
  ['no pods where some are wanted', { pods: [] }],
])('says nothing yet with %s', (_, over) => {
  expect(judgeRightsizing(watch(over)).outcome).toBe('notYet');
});

it('undoes for a kill whatever else is seen', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1000 }),
      fc.array(fc.constantFrom(pod(), pod({ ready: false })), { maxLength: 5 }),
      (minutes, others) => {
        const pods = [...others, pod({ containers: [killed(minutes)] })];
        expect(
          judgeRightsizing(watch({ pods, now: at(minutes + 1) })).outcome,
        ).toBe('undo');
      },
    ),
  );
  expect(DEFAULT_WATCH_LIMITS.watchSeconds).toBeGreaterThan(0);
});
