import {
  BreakdownRow,
  FleetCostReport,
  FleetDimension,
} from '@headroom/plugin-cost-common';
import { MoneyAnswer } from '../database/MoneyStore';
import { ClusterCoverage, NodePriceRow } from '../database/ReportStore';
import { largestFirst, Pair, pairs, toRow, totalOfKind } from './breakdowns';
import { ReportContext } from './ReportContext';
import { dayCosts, headline, ReportFacts, rowBase } from './headline';
import { originOf, reportBase } from './origin';
import { noSums, totalOfSums } from './sums';

const MAX_MOVERS = 10;

/** Everything the fleet's report is made of. */
export interface FleetReportInput extends ReportContext {
  groupBy: FleetDimension;
  restricted: boolean;
  facts: ReportFacts;
  money: MoneyAnswer;
  clusters: ClusterCoverage[];
  prices: NodePriceRow[];
}

/** Assembles the answer to "who spends it?". Pure. */
export function buildFleetReport(input: FleetReportInput): FleetCostReport {
  const { facts, money, config, currencies, groupBy, restricted } = input;
  const head = headline(facts);
  const groups = pairs(money.groups, 'group');
  const base = rowBase(facts);
  return {
    ...reportBase({
      ...input,
      seesEverything: !restricted,
      currency: currencies.describe(facts.request.conversion),
    }),
    restricted,
    status: statusOf(input),
    idleMode: facts.request.idle,
    headline: {
      ...head,
      unallocated: totalOfKind(groups, 'unallocated').toString(),
      clusterIdle: totalOfKind(groups, 'idle').toString(),
    },
    days: dayCosts(facts),
    groupBy,
    rows: groups
      .map(group => ({
        ...toRow(group, labelOf(group, groupBy), base),
        ...entityRefOf(group, groupBy),
      }))
      .sort(largestFirst),
    movers: base.previousKnown ? moversOf(money) : [],
    origin: originOf({
      ...input,
      currency: currencies.stored,
      sharing: config.sharing,
    }),
  };
}

function statusOf({
  clusterCount,
  clusters,
}: FleetReportInput): FleetCostReport['status'] {
  if (clusterCount === 0) {
    return 'no-clusters';
  }
  return clusters.some(({ lastHour }) => lastHour) ? 'ok' : 'no-data';
}

function labelOf({ kind, values, title }: Pair, groupBy: FleetDimension) {
  if (kind !== 'normal') {
    return kind === 'idle' ? 'Idle' : 'Unallocated';
  }
  const [value] = values;
  if (value === '') {
    return groupBy === 'team' ? 'No owner' : 'unknown';
  }
  return title ?? value;
}

function entityRefOf(
  { kind, values }: Pair,
  groupBy: FleetDimension,
): Pick<BreakdownRow, 'entityRef'> {
  const standsForEntity = groupBy === 'team' || groupBy === 'service';
  return kind === 'normal' && standsForEntity && values[0]
    ? { entityRef: values[0] }
    : {};
}

/** Over the days that both windows have, so that a day that is not over is no fall. */
function moversOf(money: MoneyAnswer): FleetCostReport['movers'] {
  return pairs(money.groups, 'mover')
    .filter(({ kind }) => kind === 'normal')
    .map(({ values: [entityRef], title, current, previous }) => {
      const total = totalOfSums(current ?? noSums());
      const previousTotal = totalOfSums(previous ?? noSums());
      return {
        entityRef,
        label: title ?? entityRef,
        total,
        previousTotal,
        change: total - previousTotal,
      };
    })
    .filter(({ change }) => change !== 0n)
    .sort((a, b) => {
      const difference = size(b.change) - size(a.change);
      if (difference === 0n) {
        return a.entityRef < b.entityRef ? -1 : 1;
      }
      return difference > 0n ? 1 : -1;
    })
    .slice(0, MAX_MOVERS)
    .map(({ entityRef, label, total, previousTotal, change }) => ({
      entityRef,
      label,
      total: total.toString(),
      previousTotal: previousTotal.toString(),
      change: change.toString(),
    }));
}

function size(amount: bigint): bigint {
  return amount < 0n ? -amount : amount;
}
