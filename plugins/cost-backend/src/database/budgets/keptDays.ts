import { mapInTurns } from '@headroom/node';
import { budgetScopeKey } from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { BudgetDayStore, ChangedDay, KeptScope } from './BudgetDayStore';
import { ScopeQuestion } from './budgetParts';
import { dropBefore, packDays, ScopeDay, splitDays } from './scopeDays';
import { AskedPart, PartText } from './scopeParts';
import { sumParts } from './sumParts';

/** What scopes cost, and how that is kept for who asks next. */
export interface DaysRead {
  /** In the order of scopes; a day that cost nothing is absent. */
  days: ScopeDay[][];
  /** Scopes that are not what is kept of them. */
  toKeep: () => Promise<KeptScope[]>;
  /** Days that are not what they were when what is kept was summed. */
  changes: ChangedDay[];
}

/** What is asked of one scope, and what of it is kept. */
interface Wanted {
  question: ScopeQuestion;
  parts: readonly PartText[];
  /** Days that still hold. */
  held: ScopeDay[];
  /** Days before those that are asked for, as they are kept. */
  older: string;
  /** Nothing of it is another than what is kept. */
  isSame: boolean;
}

/**
 * What scopes cost by day, by as much of it as is not kept: days that were summed again
 * since, containers that were not of a scope before, and days before those that are kept.
 * A scope that has lost a container is summed anew. In a snapshot, as what is kept and
 * what changed since have to agree; four queries at most.
 *
 * @param clusters - in which parts are; absent = any, as for who keeps what is found
 */
export async function readDays(
  snapshot: Knex,
  scopes: readonly ScopeQuestion[],
  parts: readonly PartText[][],
  clusters?: readonly number[],
): Promise<DaysRead> {
  const store = BudgetDayStore.create({ knex: snapshot });
  const since = scopes.map(keptFrom).sort()[0];
  const stored = await store.kept(
    scopes.map(({ scope }) => budgetScopeKey(scope)),
  );
  const changes = await store.changes(since, clusters);
  const changed = new Set(changes.map(({ day }) => day));
  const firstChanged = [...changed].sort().at(0);

  const whole: AskedPart[] = [];
  const again: AskedPart[] = [];
  const wanted = await mapInTurns(scopes, (question, index): Wanted => {
    const { readFrom } = question;
    const from = keptFrom(question);
    const now = parts[index];
    const before = usable(stored.get(budgetScopeKey(question.scope)), now);
    const old = new Set(before?.parts.split(','));
    const ask = (part: PartText) => ({ no: index + 1, part, from });
    const [known, added] = [
      now.filter(part => old.has(part)),
      now.filter(part => !old.has(part)),
    ];
    whole.push(...added.map(ask));
    if (!before) {
      return { question, parts: now, held: [], older: '', isSame: false };
    }
    const isLonger = before.readFrom > from;
    if (isLonger) {
      whole.push(
        ...known.map(part => ({ ...ask(part), until: before.readFrom })),
      );
    }
    const kept = isLonger ? before.readFrom : from;
    again.push(...known.map(part => ({ ...ask(part), from: kept })));
    const isAsKept = added.length === 0 && !isLonger;
    // What is before the days that are asked for is read where something of it is new.
    const mayBeNew =
      !isAsKept || (firstChanged !== undefined && firstChanged < readFrom);
    const { days, older } = splitDays(
      before.newestFirst,
      mayBeNew ? from : readFrom,
    );
    return {
      question,
      parts: now,
      held: days.filter(({ day }) => !changed.has(day)),
      older: mayBeNew ? '' : older,
      isSame: isAsKept && changes.length === 0,
    };
  });
  const summed = await sumParts(snapshot, whole);
  const renewed = await sumParts(snapshot, again, [...changed]);
  const all = await mapInTurns(wanted, ({ held }, index) =>
    sumDays(held, summed.get(index + 1) ?? [], renewed.get(index + 1) ?? []),
  );
  return {
    days: all.map((days, index) =>
      days.filter(({ day }) => day >= scopes[index].readFrom),
    ),
    toKeep: async () => (await mapInTurns(wanted, toKept(all))).flat(),
    changes,
  };
}

function keptFrom({ readFrom, keepFrom }: ScopeQuestion): string {
  return keepFrom !== undefined && keepFrom < readFrom ? keepFrom : readFrom;
}

/** What is kept of a scope, where it still says something of what the scope is now. */
function usable(
  kept: KeptScope | undefined,
  parts: readonly PartText[],
): KeptScope | undefined {
  if (!kept || kept.parts === '') {
    return undefined;
  }
  const now = new Set(parts);
  return kept.parts.split(',').every(part => now.has(part)) ? kept : undefined;
}

function sumDays(...lists: ScopeDay[][]): ScopeDay[] {
  const all = lists.filter(list => list.length > 0);
  if (all.length <= 1) {
    return all[0] ?? [];
  }
  const sums = new Map<string, ScopeDay>();
  for (const each of all.flat()) {
    const { day, own, shared } = each;
    const sum = sums.get(day);
    sums.set(
      day,
      sum ? { day, own: sum.own + own, shared: sum.shared + shared } : each,
    );
  }
  return [...sums.values()];
}

function toKept(all: readonly ScopeDay[][]) {
  return (
    { question, parts, older, isSame }: Wanted,
    index: number,
  ): KeptScope[] => {
    if (isSame) {
      return [];
    }
    const readFrom = keptFrom(question);
    const texts = [packDays(all[index]), dropBefore(older, readFrom)];
    return [
      {
        scope: budgetScopeKey(question.scope),
        readFrom,
        parts: parts.join(','),
        newestFirst: texts.filter(text => text !== '').join(','),
      },
    ];
  };
}
