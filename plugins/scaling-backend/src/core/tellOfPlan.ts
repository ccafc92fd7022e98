import { StoredPlan } from '@headroom/common';
import { ActingEngine } from '@headroom/plugin-controllers-node';
import { sayReport } from '@headroom/plugin-scaling-common';
import { Notices } from './Notices';

/** Tells owners of a new plan: before the first action on a service, and when somebody is waited for. */
export async function tellOfPlan(
  plan: StoredPlan,
  {
    engine,
    notices,
  }: { engine: Pick<ActingEngine, 'once'>; notices: Pick<Notices, 'tell'> },
): Promise<void> {
  const { id, policyId, policyTitle: policy } = plan;
  const told = new Set<string>();
  for (const { entityRef, state, subject, reason } of plan.actions) {
    if (!entityRef || told.has(entityRef)) {
      continue;
    }
    if (state === 'approved') {
      told.add(entityRef);
      await notices.tell(
        {
          key: `first:${entityRef}`,
          entityRef,
          topic: 'first-action',
          severity: 'normal',
          scope: `first:${entityRef}`,
          title: sayReport('toldFirst', {
            entity: entityRef,
            policy,
            subject,
            reason: reason.message,
          }).message,
        },
        (key, tx) => engine.once(key, tx),
      );
    } else if (state === 'waiting') {
      told.add(entityRef);
      await notices.tell(
        {
          key: `waits:${entityRef}:${id}`,
          entityRef,
          topic: 'waits',
          severity: 'normal',
          scope: `waits:${entityRef}:${policyId}`,
          title: sayReport('toldWaits', { entity: entityRef, policy }).message,
        },
        (key, tx) => engine.once(key, tx),
      );
    }
  }
}
