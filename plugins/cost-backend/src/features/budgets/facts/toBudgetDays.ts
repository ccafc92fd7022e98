import { addDays, eachDay } from '@headroom/common';
import { BudgetDay } from '@headroom/plugin-cost-common';
import { AskedBudget } from './AskedBudget';
import { CostFacts } from './CostFacts';

/** Every day from the first that is known, in the zone of the budget; what is later than today is today's. */
export function toBudgetDays(
  { today, readFrom }: AskedBudget,
  facts: CostFacts,
): BudgetDay[] {
  const tomorrow = addDays(today, 1);
  const first = firstDay(facts, readFrom, today) ?? tomorrow;
  const late = {
    days: sumAfter(facts.days, today),
    fixed: sumAfter(facts.fixed, today),
  };
  return eachDay(first > readFrom ? first : readFrom, tomorrow).map(day => {
    const isToday = day === today;
    const at = (which: 'days' | 'fixed') =>
      (facts[which].get(day) ?? 0n) + (isToday ? late[which] : 0n);
    const fixedMicros = at('fixed');
    return {
      day,
      micros: at('days'),
      complete: !isToday && facts.isComplete(day),
      ...(fixedMicros !== 0n && { fixedMicros }),
    };
  });
}

/** The first day that cost something, or of which something is missing. */
function firstDay(
  { days, isComplete, knownFrom }: CostFacts,
  readFrom: string,
  today: string,
): string | undefined {
  let first: string | undefined;
  for (const day of days.keys()) {
    if (first === undefined || day < first) {
      first = day;
    }
  }
  if (knownFrom === undefined) {
    return first;
  }
  // What was not read is not known to have cost nothing.
  const from = knownFrom > readFrom ? knownFrom : readFrom;
  const end = first !== undefined && first < today ? first : today;
  const missing =
    from < end ? eachDay(from, end).find(day => !isComplete(day)) : undefined;
  return missing ?? first;
}

function sumAfter(amounts: ReadonlyMap<string, bigint>, today: string): bigint {
  let sum = 0n;
  for (const [day, micros] of amounts) {
    if (day > today) {
      sum += micros;
    }
  }
  return sum;
}
