import { ReviewMover, REVIEW_PARTS } from './review';
import { ReviewRowFacts } from './reviewFacts';
import { addParts, ChangeParts, noParts } from './splitChange';

/** Rows of a table beside Idle, Unallocated, what nobody owns and the rest. */
const MOST_ROWS = 50;

/** A row and what it came to; nothing to compare with = not `compared`. */
export interface MoverRow {
  row: ReviewRowFacts;
  after: bigint;
  compared?: { before: bigint; parts: ChangeParts };
}

interface Group {
  head: Pick<ReviewMover, 'key' | 'kind' | 'entityRef' | 'title' | 'count'>;
  after: bigint;
  compared?: { before: bigint; parts: ChangeParts };
}

/** By service; what is no service's has rows of its own. */
export function moversByService(movers: readonly MoverRow[]): ReviewMover[] {
  return toTable(
    movers.map(({ row, after, compared }) => ({
      head: headOf(row),
      after,
      compared,
    })),
  );
}

/** By the first owner of a service; those without one are a row of their own. */
export function moversByTeam(movers: readonly MoverRow[]): ReviewMover[] {
  const groups = new Map<string, Group>();
  for (const { row, after, compared } of movers) {
    const head = row.kind === 'service' ? teamOf(row) : headOf(row);
    const group = groups.get(head.key);
    groups.set(
      head.key,
      add(group ?? { head, after: 0n, compared: compared && nothing() }, {
        after,
        compared,
      }),
    );
  }
  return toTable([...groups.values()]);
}

function headOf({ kind, entityRef, title }: ReviewRowFacts): Group['head'] {
  return {
    key: entityRef ?? kind,
    kind,
    ...(entityRef !== undefined && { entityRef }),
    ...(title !== undefined && { title }),
  };
}

function teamOf({ ownerRefs: [owner] }: ReviewRowFacts): Group['head'] {
  return owner === undefined
    ? { key: 'unowned', kind: 'unowned' }
    : { key: owner, kind: 'team', entityRef: owner };
}

/** The largest changes first, up or down; without a week before the dearest. */
function toTable(groups: readonly Group[]): ReviewMover[] {
  const sorted = [...groups].sort(
    (a, b) =>
      Number(sizeOf(b) - sizeOf(a)) ||
      Number(b.after - a.after) ||
      (a.head.key < b.head.key ? -1 : 1),
  );
  const isNamed = ({ head }: Group) =>
    head.kind === 'service' || head.kind === 'team';
  const named = sorted.filter(isNamed);
  const rest = named.slice(MOST_ROWS);
  const rows = sorted.filter(group => !isNamed(group) || !rest.includes(group));
  return [...rows, ...(rest.length > 0 ? [othersOf(rest)] : [])].map(toRow);
}

function othersOf(rest: readonly Group[]): Group {
  return rest.reduce(add, {
    head: { key: 'others', kind: 'others', count: rest.length },
    after: 0n,
    compared: rest[0].compared && nothing(),
  });
}

function nothing() {
  return { before: 0n, parts: noParts() };
}

function add(
  group: Group,
  { after, compared }: Pick<Group, 'after' | 'compared'>,
): Group {
  return {
    head: group.head,
    after: group.after + after,
    ...(group.compared &&
      compared && {
        compared: {
          before: group.compared.before + compared.before,
          parts: addParts({ ...group.compared.parts }, compared.parts),
        },
      }),
  };
}

function sizeOf({ after, compared }: Group): bigint {
  const change = compared ? after - compared.before : after;
  return change < 0n ? -change : change;
}

function toRow({ head, after, compared }: Group): ReviewMover {
  if (!compared) {
    return { ...head, after: after.toString() };
  }
  const { before, parts } = compared;
  return {
    ...head,
    after: after.toString(),
    before: before.toString(),
    change: (after - before).toString(),
    parts: Object.fromEntries(
      REVIEW_PARTS.map(part => [part, parts[part].toString()]),
    ) as ReviewMover['parts'],
  };
}
