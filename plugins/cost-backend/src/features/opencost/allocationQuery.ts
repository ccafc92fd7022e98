import { InputError } from '@backstage/errors';
import { decimalToMicros } from '@headroom/common';
import { isSaid, once } from '@headroom/node';
import {
  AGGREGATE_FORMS,
  AllocationFilter,
  NO_FILTER,
  parseAggregate,
  parseAllocationFilter,
  parseStep,
  sanitizeLabel,
} from '@headroom/plugin-cost-common';
import { z } from 'zod';
import { LEGACY_FILTERS, legacyFilter } from './legacyFilters';

/** Lists that a request may have. */
const MOST_NAMES = 100;
const LONGEST_FILTER = 4000;

/**
 * A parameter that a function reads; what it does not understand is refused. What is
 * empty was not said, as in OpenCost.
 */
function readAs<T>(read: (text: string) => T | undefined, wanted: string) {
  return once
    .transform((text, context) => {
      const value = text === '' ? undefined : read(text);
      if (text !== '' && value === undefined) {
        context.addIssue({
          code: 'custom',
          message: `${isSaid(text)}; ${wanted}`,
        });
      }
      return value;
    })
    .optional();
}

function wordOf<const T extends string>(words: readonly T[]) {
  return readAs(
    text => words.find(word => word === text.trim()),
    `it must be ${words.join(' or ')}`,
  );
}

const FLAGS: Record<string, boolean> = {
  true: true,
  t: true,
  1: true,
  false: false,
  f: false,
  0: false,
};
const flag = () =>
  readAs(text => FLAGS[text.trim().toLowerCase()], 'it must be true or false');

const names = () =>
  readAs(text => {
    const list = listOf(text);
    return list.length <= MOST_NAMES ? list : undefined;
  }, `it must be at most ${MOST_NAMES} names with commas between them`);

const labels = readAs(text => {
  const pairs = listOf(text).map(pair => /^([^:]+):(.+)$/.exec(pair));
  return pairs.length <= MOST_NAMES && pairs.every(pair => pair !== null)
    ? pairs.map(
        ([, name, value]) =>
          [sanitizeLabel(name.trim()), value.trim()] as [string, string],
      )
    : undefined;
}, 'it must be labels such as app:web,team:shop');

/** `NaN` is what Kubecost's own pages send for none. */
const amount = readAs(text => {
  const said = text.trim();
  if (said === 'NaN') {
    return 0n;
  }
  return /^\d{1,12}(\.\d{1,9})?$/.test(said)
    ? decimalToMicros(said)
    : undefined;
}, 'it must be an amount a month such as 5110 or 30.42, not below 0');

const ACCUMULATE = {
  true: 'all',
  all: 'all',
  false: 'none',
  none: 'none',
  hour: 'hour',
  day: 'day',
  week: 'week',
  month: 'month',
} as const;
const accumulate = readAs(
  text =>
    Object.entries(ACCUMULATE).find(([name]) => name === text.trim())?.[1],
  `it must be one of ${Object.keys(ACCUMULATE).join(', ')}`,
);

const filter = once
  .transform((text, context): AllocationFilter => {
    try {
      if (text.length > LONGEST_FILTER) {
        throw new InputError(
          `has ${text.length} characters; it must have at most ${LONGEST_FILTER}`,
        );
      }
      return parseAllocationFilter(text);
    } catch (error) {
      if (error instanceof InputError) {
        context.addIssue({ code: 'custom', message: error.message });
        return NO_FILTER;
      }
      throw error;
    }
  })
  .optional();

/** What changes nothing here, whatever it is. */
const ignored = (why: string) => once.optional().describe(why);

/** What `/allocation` can be asked for, by the names that OpenCost and Kubecost have for it. */
export const allocationQuery = z.strictObject({
  window: once
    .min(1, { error: 'is empty; see its description' })
    .describe(
      'today, yesterday, week, lastweek, month, lastmonth; 24h, 7d, 2w, 48h offset 24h; two instants or epochs with a comma between them. UTC, weeks from Sunday; ends at full hours.',
    ),
  aggregate: readAs(parseAggregate, AGGREGATE_FORMS).describe(
    'What to sum by, with commas between; absent: by container of a pod.',
  ),
  step: readAs(
    parseStep,
    'it must be whole hours such as 1h, 1d or 1w',
  ).describe(
    'Length of the sets that idle and shared costs are divided in; absent: the window.',
  ),
  accumulate: accumulate.describe(
    'true sums all sets; hour, day, week and month those of each.',
  ),
  filter: filter.describe(
    'Filter of version 2, e.g. namespace:"a"+label[app]!:"b".',
  ),
  includeIdle: flag().describe('Idle capacity as an item.'),
  idle: flag().describe('The same by its name in Kubecost.'),
  shareIdle: flag().describe(
    'Idle is carried by what runs beside it, by resource.',
  ),
  idleByNode: flag().describe('Idle is of its node, not of its cluster.'),
  splitIdle: flag().describe(
    'Idle of a cluster or node is an item of its own.',
  ),
  shareNamespaces: names().describe('Namespaces that everybody pays for.'),
  shareLabels: labels.describe('Labels that everybody pays for: app:web.'),
  shareCost: amount.describe(
    'An amount a month (730 hours) that everybody pays for.',
  ),
  shareSplit: wordOf(['weighted', 'even']).describe(
    'How that is divided; by cost when absent.',
  ),
  shareTenancyCosts: flag().describe(
    'Changes nothing: no cost of cluster management is kept apart.',
  ),
  ...LEGACY_FILTERS,
  costUnit: wordOf(['cumulative']),
  format: wordOf(['json']),
  resolution: ignored('Changes nothing: costs are by the hour.'),
  reconcile: ignored('Changes nothing: there is one cost.'),
  external: ignored('Changes nothing: bills have a report of their own.'),
  includeAggregatedMetadata: ignored(
    'Changes nothing: an aggregate has what it is aggregated by.',
  ),
  includeProportionalAssetResourceCosts: ignored('Changes nothing.'),
  includeSharedCostBreakdown: ignored('Changes nothing.'),
  sharelb: ignored('Changes nothing: load balancers are network.'),
  etl: ignored('Changes nothing.'),
  chartType: ignored('Changes nothing.'),
  rate: ignored('Changes nothing.'),
  sortBy: ignored('Changes nothing: items have names, not places.'),
  sortByOrder: ignored('Changes nothing.'),
});

/** A request that was understood. */
export type AllocationQueryInput = z.infer<typeof allocationQuery>;

/** The filter of a request, of either version. */
export function filterOf(query: AllocationQueryInput): AllocationFilter {
  const all = [query.filter ?? NO_FILTER, ...legacyFilter(query)].filter(
    each => each.kind !== 'everything',
  );
  if (all.length < 2) {
    return all[0] ?? NO_FILTER;
  }
  return { kind: 'group', op: 'and', operands: all };
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map(part => part.trim())
    .filter(Boolean);
}
