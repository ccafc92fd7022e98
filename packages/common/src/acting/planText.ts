import { Json } from './FieldChange';
import { PlanDraft } from './Plan';
import { targetKey } from './ActionTarget';

/**
 * What a plan does, as one text: its hash is what a person approves. Versions of
 * objects, the instant and sentences are not in it, since they change while what is
 * done stays the same.
 *
 * @public
 */
export function planText(
  plan: Pick<PlanDraft, 'controller' | 'policyId' | 'actions'>,
): string {
  const actions = plan.actions
    .map(({ key, target, changes, waitsFor: first }) =>
      canonicalJson([
        key,
        targetKey(target),
        changes.map(({ path, before, after }) => [path, before, after]),
        // In which order is a part of what is approved.
        ...(first
          ? [
              [
                targetKey(first.target),
                first.fields.map(({ path, value }) => [path, value]),
                first.rolledOut ?? false,
              ],
            ]
          : []),
      ]),
    )
    .sort();
  return canonicalJson([plan.controller, plan.policyId, actions]);
}

/** JSON with keys in order: the same text for the same value. @public */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) {
    return `[${value.map(each => canonicalJson(each)).join(',')}]`;
  }
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value as { [key: string]: Json })
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => `${JSON.stringify(key)}:${canonicalJson(each)}`);
    return `{${entries.join(',')}}`;
  }
  return JSON.stringify(value);
}
