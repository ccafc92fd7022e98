import { judgeResize, ResizedPod, ResizeWatch } from './judgeResize';

const AT = '2026-11-28T12:00:00Z';
const at = (seconds: number) =>
  new Date(Date.parse(AT) + seconds * 1000).toISOString();

const POD: ResizedPod = {
  name: 'web-1',
  createdAt: '2026-11-20T00:00:00Z',
  phase: 'Running',
  ready: true,
  containers: [{ name: 'web', restarts: 4 }],
};

const watch = (
  pod: Partial<ResizedPod> | 'gone' | undefined,
  over: Partial<ResizeWatch> = {},
) =>
  judgeResize({
    appliedAt: AT,
    now: at(600),
    containers: ['web'],
    podName: 'web-1',
    queries: [],
    ...(pod && { pod: pod === 'gone' ? pod : { ...POD, ...pod } }),
    ...over,
  });

const killed = (name: string, seconds: number, more: object = {}) => ({
  containers: [
    {
      name,
      restarts: 5,
      lastEnd: { reason: 'OOMKilled', exitCode: 137, at: at(seconds) },
      ...more,
    },
  ],
});

const pending = (reason: string, seconds: number) => ({
  resizePending: { reason, message: 'Node has no room', since: at(seconds) },
});

it.each<[string, Partial<ResizedPod>, RegExp]>([
  ['killed for memory', killed('web', 30), /^Container web .* killed for lack/],
  [
    'infeasible',
    pending('Infeasible', 1),
    /can never give what was asked for: Node has no room/,
  ],
  [
    'deferred for too long',
    pending('Deferred', 0),
    /has had no room .* for 10 minutes: Node has no room/,
  ],
  [
    'failed',
    { resizeFailed: { message: 'cgroup', since: at(1) } },
    /could not be resized: cgroup/,
  ],
  [
    'fails in a loop',
    {
      containers: [
        {
          name: 'web',
          restarts: 5,
          lastEnd: { reason: 'Error', exitCode: 1, at: at(60) },
          waiting: 'CrashLoopBackOff',
        },
      ],
    },
    /fails again and again/,
  ],
])('is taken back: %s', (_, pod, message) => {
  expect(watch(pod)).toMatchObject({
    outcome: 'undo',
    reason: { message: expect.stringMatching(message) },
  });
});

it.each<[string, Partial<ResizedPod>]>([
  ['a kill of before', killed('web', -30)],
  ['a kill of a container that was left as it is', killed('sidecar', 30)],
  ['a moment without room', pending('Deferred', 500)],
  ['restarts of before', {}],
])('waits: %s', (_, pod) => {
  expect(watch(pod)).toEqual({ outcome: 'notYet' });
});

it('counts no time from before the change', () => {
  expect(watch(pending('Deferred', -9000), { now: at(60) })).toEqual({
    outcome: 'notYet',
  });
});

it('is well after the time of the watch, and when the pod is gone', () => {
  expect(watch({}, { now: at(3600) })).toMatchObject({ outcome: 'ok' });
  expect(watch('gone')).toMatchObject({
    outcome: 'ok',
    text: { message: 'Pod web-1 is gone, and with it what was changed of it.' },
  });
});

it('says nothing of a pod that could not be read, and asks the service', () => {
  expect(watch(undefined, { now: at(9000) })).toEqual({ outcome: 'notYet' });
  expect(
    watch({}, { queries: [{ title: 'Errors', value: 0.3, above: 0.1 }] }),
  ).toMatchObject({ outcome: 'undo' });
});
