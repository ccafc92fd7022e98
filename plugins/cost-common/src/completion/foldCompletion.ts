import { divideHalfEven } from '@headroom/common';
import { moversByService, moversByTeam, MoverRow } from '../review/movers';
import { REVIEW_PARTS, ReviewMover } from '../review/review';
import { addParts, noParts, splitChange } from '../review/splitChange';
import {
  judgeLevels,
  LevelContext,
  LevelTolerance,
  LevelVerdict,
} from '../serviceLevels/judgeLevels';
import {
  CompletionHeader,
  CompletionLevel,
  CompletionReport,
  CompletionRow,
  CompletionRowFacts,
  CompletionWindow,
} from './completion';
import { scaleBefore } from './scaleBefore';

const MOST_LEVELS = 200;
const HOURS_OF_DAY = 24n;
const ORDER: Record<LevelVerdict, number> = { broken: 0, unknown: 1, held: 2 };

/** A service, judged, and what orders it. */
interface Judged {
  level: CompletionLevel;
  requests: number;
}

/**
 * A completion report of the rows that a caller may see. Exact: what the baseline cost is
 * stated for the hours of now row by row, and rows and parts sum to the change.
 *
 * @public
 */
export function foldCompletion(
  header: CompletionHeader,
  rows: readonly CompletionRowFacts[],
  options: {
    /** Ids of unit metrics, the first that is known counts. */
    metrics: readonly string[];
    tolerance: LevelTolerance;
    restricted: boolean;
  },
): CompletionReport {
  const { read, ...rest } = header;
  const { baseline, now } = header;
  const context: LevelContext = {
    windows: { before: baseline, after: now },
    read,
    tolerance: options.tolerance,
  };
  const movers = rows.map(row => toMover(row, header, options.metrics));
  const judged = rows.flatMap(row => judge(row, context));
  const verdicts = new Map(
    judged.map(({ level }) => [level.entityRef, level.verdict]),
  );
  const withVerdict = (row: ReviewMover): CompletionRow => {
    const verdict =
      row.kind === 'service' ? verdicts.get(row.entityRef ?? '') : undefined;
    return { ...row, ...(verdict && { verdict }) };
  };
  const shown = shownOf(judged);
  return {
    ...rest,
    restricted: options.restricted,
    spend: spendOf(movers, now),
    rows: {
      services: moversByService(movers).map(withVerdict),
      teams: moversByTeam(movers),
    },
    levels: {
      tolerance: options.tolerance,
      read,
      counts: countsOf(judged),
      services: shown.map(({ level }) => level),
      others: judged.length - shown.length,
    },
  };
}

function toMover(
  facts: CompletionRowFacts,
  { baseline, now }: CompletionHeader,
  metrics: readonly string[],
): MoverRow & { compared: NonNullable<MoverRow['compared']> } {
  const row = scaleBefore(facts, { from: baseline.hours, to: now.hours });
  return {
    row: { ...row, days: [] },
    after: costOf(row, 'after'),
    compared: {
      before: costOf(row, 'before'),
      parts: splitChange(row, metrics),
    },
  };
}

function costOf(row: CompletionRowFacts, side: 'before' | 'after'): bigint {
  return Object.values(row.resources).reduce(
    (sum, each) => sum + each[side].micros,
    row.oneOff[side],
  );
}

function spendOf(
  movers: ReadonlyArray<ReturnType<typeof toMover>>,
  now: CompletionWindow,
): CompletionReport['spend'] {
  const parts = noParts();
  let before = 0n;
  let after = 0n;
  for (const mover of movers) {
    addParts(parts, mover.compared.parts);
    before += mover.compared.before;
    after += mover.after;
  }
  const perDay = (micros: bigint) =>
    divideHalfEven(micros * HOURS_OF_DAY, BigInt(now.hours)).toString();
  return {
    before: before.toString(),
    after: after.toString(),
    change: (after - before).toString(),
    ...(before > 0n && {
      changeRatio: Number(after - before) / Number(before),
    }),
    beforePerDay: perDay(before),
    afterPerDay: perDay(after),
    parts: Object.fromEntries(
      REVIEW_PARTS.map(part => [part, parts[part].toString()]),
    ) as CompletionReport['spend']['parts'],
  };
}

function judge(row: CompletionRowFacts, context: LevelContext): Judged[] {
  const { kind, entityRef, title, levels = {} } = row;
  const ran = {
    before: costOf(row, 'before') > 0n,
    after: costOf(row, 'after') > 0n,
  };
  // Of a service that ran in neither window there is nothing to say.
  if (kind !== 'service' || entityRef === undefined || !anyOf(ran)) {
    return [];
  }
  return [
    {
      level: {
        entityRef,
        ...(title !== undefined && { title }),
        ...judgeLevels({ ...levels, ran }, context),
      },
      requests: (levels.before?.requests ?? 0) + (levels.after?.requests ?? 0),
    },
  ];
}

function anyOf({ before, after }: { before: boolean; after: boolean }) {
  return before || after;
}

/** All that are broken, and of the others those that most was asked of. */
function shownOf(judged: readonly Judged[]): Judged[] {
  const sorted = [...judged].sort(
    (a, b) =>
      ORDER[a.level.verdict] - ORDER[b.level.verdict] ||
      b.requests - a.requests ||
      (a.level.entityRef < b.level.entityRef ? -1 : 1),
  );
  const broken = sorted.filter(({ level }) => level.verdict === 'broken');
  const others = sorted
    .slice(broken.length)
    .sort((a, b) => b.requests - a.requests)
    .slice(0, Math.max(0, MOST_LEVELS - broken.length));
  const kept = new Set([...broken, ...others]);
  return sorted.filter(each => kept.has(each));
}

function countsOf(judged: readonly Judged[]): Record<LevelVerdict, number> {
  const counts = { held: 0, broken: 0, unknown: 0 };
  for (const { level } of judged) {
    counts[level.verdict] += 1;
  }
  return counts;
}
