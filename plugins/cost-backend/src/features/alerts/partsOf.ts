import { budgetScopeKey, CostAlert } from '@headroom/plugin-cost-common';
import { ScopeQuestion } from '../../database/budgets/budgetParts';

/** By alert, who owns each of the services it is about; absent or empty = nobody knows. */
export type AlertParts = ReadonlyMap<CostAlert, readonly string[][]>;

/**
 * Whose the services are that alerts are about: of a group or a system all that were part
 * of it since the first day they speak of. What is more than services is nobody's.
 *
 * @param ask - is asked once, and once of each scope
 */
export async function partsOf(
  alerts: readonly CostAlert[],
  ask: (scopes: ScopeQuestion[]) => Promise<string[][][]>,
): Promise<AlertParts> {
  const questions = new Map<string, ScopeQuestion>();
  const keys = new Map<CostAlert, string>();
  for (const alert of alerts) {
    const { subject, from = '-infinity' } = alert;
    if (
      subject.type === 'group' ||
      subject.type === 'service' ||
      subject.type === 'system'
    ) {
      const key = `${from} ${budgetScopeKey(subject)}`;
      questions.set(key, { scope: subject, readFrom: from });
      keys.set(alert, key);
    }
  }
  const answers = await ask([...questions.values()]);
  const owners = new Map(
    [...questions.keys()].map((key, index) => [key, answers[index]]),
  );
  return new Map(
    [...keys].map(([alert, key]) => [alert, owners.get(key) ?? []]),
  );
}
