import { addDays } from '@headroom/common';
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

/** Days that are rewritten with the newest ones before they are taken for older. */
const MOST_REWRITTEN = 40;

/** What is asked of one scope, and what of it is kept. */
interface Asked {
  question: ScopeQuestion;
  key: string;
  /** First day that is to be kept. */
  from: string;
  parts: readonly PartText[];
  before?: KeptScope;
  /** Parts that it was not made of before. */
  added: PartText[];
  /** Something of the days before those that are asked for may be new. */
  mayBeNew: boolean;
  /** Nothing of it is another than what is kept. */
  isSame: boolean;
}

/** The same with days that still hold. */
interface Held extends Asked {
  days: ScopeDay[];
  /** Days before them, as they are kept. */
  rest: string;
  /** The rest is all that is kept before them. */
  isWhole: boolean;
}

/**
 * What scopes cost by day, by as much of it as is not kept: days that were summed again
 * since, containers that were not of a scope before, and days before those that are kept.
 * A scope that has lost a container is summed anew. In a snapshot, as what is kept and
 * what changed since have to agree; five queries at most.
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
    scopes.map(({ scope, readFrom }) => ({
      scope: budgetScopeKey(scope),
      readFrom,
    })),
  );
  const changes = await store.changes(since, clusters);
  const changed = new Set(changes.map(({ day }) => day));
  const firstChanged = [...changed].sort().at(0);
  const asked = await mapInTurns(scopes, (question, index) =>
    ask(question, parts[index], stored, firstChanged),
  );
  const older = await store.older(
    asked.filter(needsOlder).map(({ key }) => key),
  );
  const held = await mapInTurns(asked, each => hold(each, older, changed));

  const toSum = await mapInTurns(asked, partsToSum);
  const summed = await sumParts(
    snapshot,
    toSum.flatMap(({ whole }) => whole),
  );
  const renewed = await sumParts(
    snapshot,
    toSum.flatMap(({ again }) => again),
    [...changed],
  );
  const all = await mapInTurns(held, ({ days }, index) =>
    sumDays(days, summed.get(index + 1) ?? [], renewed.get(index + 1) ?? []),
  );
  return {
    days: all.map((days, index) =>
      days.filter(({ day }) => day >= scopes[index].readFrom),
    ),
    toKeep: async () => (await mapInTurns(held, toKept(all))).flat(),
    changes,
  };
}

function keptFrom({ readFrom, keepFrom }: ScopeQuestion): string {
  return keepFrom !== undefined && keepFrom < readFrom ? keepFrom : readFrom;
}

function ask(
  question: ScopeQuestion,
  parts: readonly PartText[],
  stored: ReadonlyMap<string, KeptScope>,
  firstChanged: string | undefined,
): Asked {
  const key = budgetScopeKey(question.scope);
  const from = keptFrom(question);
  const before = usable(stored.get(key), parts);
  const old = new Set(before?.parts.split(','));
  const added = parts.filter(part => !old.has(part));
  const isAsKept =
    before !== undefined && added.length === 0 && before.readFrom <= from;
  return {
    question,
    key,
    from,
    parts,
    ...(before && { before }),
    added,
    mayBeNew:
      !isAsKept ||
      (firstChanged !== undefined && firstChanged < question.readFrom),
    isSame: isAsKept && firstChanged === undefined,
  };
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

/** Older days may be new, or so many are rewritten each time that they are taken for older. */
function needsOlder({ before, mayBeNew, isSame, question }: Asked): boolean {
  return (
    before !== undefined &&
    before.older === undefined &&
    (mayBeNew ||
      (!isSame &&
        addDays(before.olderBefore, MOST_REWRITTEN) < question.readFrom))
  );
}

/** What has to be summed of a scope: parts that are new and days before the first that is kept, and of the others what changed. */
function partsToSum({ added, before, from, parts }: Asked, index: number) {
  const no = index + 1;
  const whole: AskedPart[] = added.map(part => ({ no, part, from }));
  if (!before) {
    return { whole, again: [] };
  }
  const isAdded = new Set(added);
  const known = parts.filter(part => !isAdded.has(part));
  const { readFrom } = before;
  const isLonger = readFrom > from;
  const earlier = isLonger
    ? known.map((part): AskedPart => ({ no, part, from, until: readFrom }))
    : [];
  const again = known.map(
    (part): AskedPart => ({ no, part, from: isLonger ? readFrom : from }),
  );
  return { whole: [...whole, ...earlier], again };
}

function hold(
  each: Asked,
  read: ReadonlyMap<string, string>,
  changed: ReadonlySet<string>,
): Held {
  const { before, key, from, mayBeNew, question } = each;
  if (!before) {
    return { ...each, days: [], rest: '', isWhole: true };
  }
  const older = before.older ?? read.get(key);
  const { days, older: rest } = splitDays(
    joined(before.newestFirst, older ?? ''),
    mayBeNew ? from : question.readFrom,
  );
  return {
    ...each,
    days: days.filter(({ day }) => !changed.has(day)),
    // What is before all that is to be kept is forgotten.
    rest: mayBeNew ? '' : rest,
    isWhole: older !== undefined,
  };
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
  return (each: Held, index: number): KeptScope[] => {
    const { key: scope, before, from, question, rest, isWhole } = each;
    if (each.isSame) {
      return [];
    }
    const parts = each.parts.join(',');
    const { readFrom } = question;
    if (before && !isWhole) {
      const newestFirst = joined(packDays(all[index]), rest);
      return [{ ...before, scope, parts, newestFirst }];
    }
    const isNewest = ({ day }: ScopeDay) => day >= readFrom;
    return [
      {
        scope,
        readFrom: from,
        parts,
        newestFirst: packDays(all[index].filter(isNewest)),
        olderBefore: readFrom,
        older: joined(
          packDays(all[index].filter(day => !isNewest(day))),
          dropBefore(rest, from),
        ),
      },
    ];
  };
}

function joined(newer: string, older: string): string {
  return newer === '' || older === '' ? newer + older : `${newer},${older}`;
}
