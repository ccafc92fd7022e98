import { createHash } from 'node:crypto';
import { PlanDraft, PlannedAction, planText } from '@headroom/common';

/** Of what a plan does: what a person approves. */
export function planHash(
  plan: Pick<PlanDraft, 'controller' | 'policyId' | 'actions'>,
): string {
  return createHash('sha256').update(planText(plan)).digest('hex');
}

/** The same for one of its actions: the same wish in another plan has the same. */
export function actionHash(
  { controller, policyId }: Pick<PlanDraft, 'controller' | 'policyId'>,
  action: PlannedAction,
): string {
  return planHash({ controller, policyId, actions: [action] });
}
