import { ActionState, StoredPlan } from '@headroom/common';

/** The state that says most about a plan: what asks for somebody comes first. */
const BY_URGENCY: readonly ActionState[] = [
  'unresolved',
  'failed',
  'waiting',
  'intended',
  'approved',
  'done',
  'planned',
  'vetoed',
  'verified',
  'undone',
  'rejected',
  'superseded',
  'expired',
];

/** See {@link BY_URGENCY}; undefined = it has no actions. */
export function planState(plan: StoredPlan): ActionState | undefined {
  return BY_URGENCY.find(state =>
    plan.actions.some(action => action.state === state),
  );
}

/** Whether somebody is asked for a yes or no. */
export function isWaiting(plan: StoredPlan): boolean {
  return plan.actions.some(({ state }) => state === 'waiting');
}

/** How many actions guards keep from being done. */
export function vetoedCount(plan: StoredPlan): number {
  return plan.actions.filter(({ vetoes }) => vetoes.length > 0).length;
}

/** What it would save an hour, of those actions that know; undefined = none does. */
export function savingPerHour(
  plan: StoredPlan,
): { micros: bigint; currency: string } | undefined {
  const known = plan.actions.flatMap(({ expected }) =>
    expected.savingPerHour !== undefined && expected.currency
      ? [
          {
            micros: BigInt(expected.savingPerHour),
            currency: expected.currency,
          },
        ]
      : [],
  );
  const [first] = known;
  // Amounts of several currencies can't be added up.
  return first && known.every(({ currency }) => currency === first.currency)
    ? {
        micros: known.reduce((sum, { micros }) => sum + micros, 0n),
        currency: first.currency,
      }
    : undefined;
}
