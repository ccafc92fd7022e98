import { KubernetesTarget } from '@headroom/common';
import { AppliedAction } from '@headroom/plugin-controllers-node';
import { ScalingTarget } from '@headroom/plugin-scaling-common';
import { FleetView } from '../../core/fleet/FleetView';
import { createScheduleVerifier } from './verifySchedule';

const TARGET = {
  type: 'kubernetes',
  cluster: 'eu-1',
  uid: 'web',
} as KubernetesTarget;

async function verdictOf(
  seen: Pick<ScalingTarget, 'replicas' | 'readyReplicas'>,
  action: Partial<AppliedAction>,
) {
  const byObject = new Map([['web', seen]]);
  const verify = createScheduleVerifier({
    fleet: {
      recent: async () =>
        ({ cluster: () => ({ byObject }) } as unknown as FleetView),
    },
  });
  const { signal } = new AbortController();
  const verdict = await verify(
    {
      target: TARGET,
      direction: 'up',
      replicasAfter: 3,
      ageSeconds: 120,
      ...action,
    } as AppliedAction,
    { signal },
  );
  return 'text' in verdict && verdict.text
    ? `${verdict.outcome}: ${verdict.text.message}`
    : verdict.outcome;
}

it.each([
  ['ready at once', 3, 120, 'ok'],
  ['on its way', 1, 120, 'notYet'],
  ['on its way for long', 1, 900, 'notYet'],
  [
    'ready late',
    3,
    700,
    'ok: Its 3 pods were ready 11 minutes after it was written.',
  ],
  [
    'not ready',
    1,
    901,
    'ok: 1 of 3 pods were ready 15 minutes after it was written; look at what keeps the others.',
  ],
])('says what is %s', async (_what, readyReplicas, ageSeconds, said) => {
  expect(await verdictOf({ replicas: 3, readyReplicas }, { ageSeconds })).toBe(
    said,
  );
});

it('wants no more than there are to be by now', async () => {
  expect(await verdictOf({ replicas: 2, readyReplicas: 2 }, {})).toBe('ok');
});

it('has nothing to say of what takes capacity, or of what it can’t see', async () => {
  expect(
    await verdictOf(
      { replicas: 3, readyReplicas: 3 },
      { direction: 'down', replicasAfter: 0, ageSeconds: 5000 },
    ),
  ).toBe('ok');
  expect(await verdictOf({ replicas: 3 }, { ageSeconds: 5000 })).toBe('ok');
});
