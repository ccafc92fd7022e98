import { InputError } from '@backstage/errors';
import { Said } from '@headroom/common';
import { Decimal, DecimalSum } from '../bill/Decimal';
import { roundTogether } from '../bill/roundTogether';
import { GuardCosts, GuardRow, GuardSide, MicrosRange } from './GuardCosts';
import { wordGuard } from './guardSentences';
import {
  InfracostFile,
  InfracostPart,
  InfracostResource,
  infracostSchema,
} from './infracostSchema';

const COUNTS = [
  'totalUnsupportedResources',
  'totalNoPriceResources',
  'totalUsageBasedResources',
] as const;

const ZERO: Decimal = { digits: 0n, scale: 0 };

/**
 * What a change costs by a file of Infracost, the resources of all its projects as
 * rows. `null` is not known and is in no sum; what is of no known kind, has no price
 * or is billed by use makes the figures the least that it may be.
 *
 * The file's own totals are kept to the micro: what they have beyond the resources
 * is a row of its own.
 *
 * @param json - the file, parsed
 * @throws InputError that names the field, and what it must be
 * @public
 */
export function readInfracost(json: unknown): GuardCosts {
  const parsed = infracostSchema.safeParse(json);
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues;
    throw new InputError(
      path.length > 0
        ? `${path.join('.')} of the Infracost JSON ${message}`
        : 'The Infracost JSON must be an object, as infracost breakdown --format json writes it',
    );
  }
  const file = parsed.data;
  if (!('totalMonthlyCost' in (json as object))) {
    throw new InputError(
      'totalMonthlyCost of the Infracost JSON is not there; it must be a decimal in quotes, or null, as infracost breakdown --format json writes it',
    );
  }
  const { rows, before, after } = readRows(file);
  const isDifferenceKnown = file.diffTotalMonthlyCost !== undefined;
  const isBeforeKnown = file.pastTotalMonthlyCost !== undefined;
  const general = generalUnknown(file);
  const unknown = [
    ...general.map(said => ({ side: 'after' as const, said })),
    ...rows.flatMap(({ name, ...row }) =>
      (['before', 'after'] as const).flatMap(side =>
        (row[side]?.unknown ?? []).map(said => ({ name, side, said })),
      ),
    ),
  ];
  const ofRows = new Set(rows.filter(isUnknown).map(({ name }) => name)).size;
  const missing = (
    [
      'totalMonthlyCost',
      'pastTotalMonthlyCost',
      'diffTotalMonthlyCost',
    ] as const
  )
    .filter(field => file[field] === undefined)
    .map(field => ({
      side:
        field === 'pastTotalMonthlyCost'
          ? ('before' as const)
          : ('after' as const),
      said: wordGuard('costUnread', { field }),
    }));
  const isOpen = unknown.length > 0 || file.totalMonthlyCost === undefined;
  const knowsDifference = isDifferenceKnown && isBeforeKnown;
  // What a changed resource cost is more than is known, so the increase may be less.
  const isBelow = rows.some(
    ({ status, before: was }) => status !== 'same' && was?.unknown.length,
  );
  return {
    source: 'infracost',
    currency: file.currency,
    rows: knowsDifference ? rows : rows.map(({ difference: _, ...row }) => row),
    after,
    ...(isBeforeKnown && { before }),
    ...(knowsDifference && {
      difference: { min: after.min - before.min, max: after.max - before.max },
    }),
    unknown: [...missing, ...unknown],
    unknownCount:
      Math.max(countOf(file), ofRows) + errorsOf(file).length + missing.length,
    differenceOpen: { above: isOpen, below: !knowsDifference || isBelow },
    beforeOpen: isOpen || !isBeforeKnown,
    afterOpen: isOpen,
    remarks: [],
  };
}

function readRows(file: InfracostFile) {
  const befores = new Map<string, InfracostResource[]>();
  const afters = new Map<string, InfracostResource[]>();
  for (const { name, pastBreakdown, breakdown } of file.projects) {
    // Resources of several projects may have one name.
    const prefix = file.projects.length > 1 ? `${name}: ` : '';
    const add = (to: typeof befores, of: InfracostResource) => {
      const key = `${prefix}${of.name}`;
      const same = to.get(key);
      if (same) {
        same.push(of);
      } else {
        to.set(key, [of]);
      }
    };
    pastBreakdown?.resources?.forEach(each => add(befores, each));
    breakdown?.resources?.forEach(each => add(afters, each));
  }
  const names = [...new Set([...befores.keys(), ...afters.keys()])].sort();
  const pairs = names.flatMap(name => {
    const [was, is] = [befores.get(name) ?? [], afters.get(name) ?? []];
    return Array.from({ length: Math.max(was.length, is.length) }, (_, i) => ({
      name,
      was: was[i],
      is: is[i],
    }));
  });
  const before = amounts(
    pairs.map(({ was }) => was),
    file.pastTotalMonthlyCost,
  );
  const after = amounts(
    pairs.map(({ is }) => is),
    file.totalMonthlyCost,
  );
  const rows = pairs.map(({ name, was, is }, index) =>
    rowOf(
      name,
      was && sideOf(was, before.parts[index]),
      is && sideOf(is, after.parts[index]),
      was && is && JSON.stringify(was, plain) === JSON.stringify(is, plain),
    ),
  );
  if (before.rest !== 0n || after.rest !== 0n) {
    rows.push(
      rowOf(
        wordGuard('infracostRest').message,
        { monthly: both(before.rest), unknown: [] },
        { monthly: both(after.rest), unknown: [] },
        before.rest === after.rest,
      ),
    );
  }
  return { rows, before: both(before.total), after: both(after.total) };
}

/** Amounts in micros that sum to the total, with what it has beyond them. */
function amounts(
  resources: ReadonlyArray<InfracostResource | undefined>,
  total: Decimal | undefined,
) {
  const costs = resources.map(each => each?.monthlyCost ?? ZERO);
  const rest = DecimalSum.create();
  if (total) {
    rest.add(total);
    costs.forEach(({ digits, scale }) => rest.add({ digits: -digits, scale }));
  }
  const rounded = roundTogether([...costs, rest.value]);
  return {
    parts: rounded.slice(0, -1),
    rest: rounded[rounded.length - 1],
    total: rounded.reduce((sum, each) => sum + each, 0n),
  };
}

function rowOf(
  name: string,
  before: GuardSide | undefined,
  after: GuardSide | undefined,
  isSame: boolean | undefined,
): GuardRow {
  const micros = (after?.monthly.max ?? 0n) - (before?.monthly.max ?? 0n);
  const changed = isSame ? 'same' : 'changed';
  const one = before ? 'removed' : 'added';
  return {
    name,
    status: before && after ? changed : one,
    ...(before && { before }),
    ...(after && { after }),
    difference: both(micros),
  };
}

function sideOf(resource: InfracostResource, micros: bigint): GuardSide {
  return {
    monthly: both(micros),
    unknown: [
      ...(resource.monthlyCost === undefined
        ? [wordGuard('costUnread', { field: 'monthlyCost' })]
        : []),
      ...unpricedOf(resource).map(component =>
        wordGuard('infracostPrice', { component }),
      ),
    ],
  };
}

function unpricedOf({
  costComponents,
  subresources,
}: Omit<InfracostPart, 'name'>): string[] {
  return [
    ...(costComponents ?? []).flatMap(({ name, priceNotFound }) =>
      priceNotFound ? [name] : [],
    ),
    ...(subresources ?? []).flatMap(unpricedOf),
  ];
}

function generalUnknown(file: InfracostFile): Said[] {
  const [unsupported, noPrice, usage] = COUNTS.map(key => countAll(file, key));
  return [
    ...(unsupported > 0
      ? [wordGuard('infracostUnsupported', { count: unsupported })]
      : []),
    ...(noPrice > 0 ? [wordGuard('infracostNoPrice', { count: noPrice })] : []),
    ...(usage > 0 ? [wordGuard('infracostUsage', { count: usage })] : []),
    ...errorsOf(file).map(why => wordGuard('infracostError', { why })),
  ];
}

function countOf(file: InfracostFile): number {
  return COUNTS.reduce((sum, key) => sum + countAll(file, key), 0);
}

/** As the file says, else as its projects do. */
function countAll(file: InfracostFile, key: (typeof COUNTS)[number]): number {
  return (
    file.summary?.[key] ??
    file.projects.reduce((sum, { summary }) => sum + (summary?.[key] ?? 0), 0)
  );
}

function errorsOf({ projects }: InfracostFile): string[] {
  return projects.flatMap(({ metadata }) =>
    (metadata?.errors ?? []).map(({ message }) => message ?? 'no reason given'),
  );
}

function isUnknown({ before, after }: GuardRow): boolean {
  return [before, after].some(side => (side?.unknown.length ?? 0) > 0);
}

function both(micros: bigint): MicrosRange {
  return { min: micros, max: micros };
}

function plain(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
