import {
  BreakdownRow,
  FleetCostReport,
  FleetDimension,
} from '@headroom/plugin-cost-common';
import { MoneyAnswer } from '../../database/MoneyStore';
import { ClusterCoverage, NodePriceRow } from '../../database/ReportStore';
import { largestFirst, Pair, pairs, toRow, totalOfKind } from './breakdowns';
import { ReportContext } from './ReportContext';
import {
  dayCosts,
  headline,
  ReportFacts,
  rowBaseOfPairs,
} from '../../core/report/headline';
import { moversOf } from './movers';
import { originOf, reportBase } from '../../core/report/origin';

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
  const base = rowBaseOfPairs(facts);
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
      idle: totalOfKind(groups, 'idle').toString(),
    },
    days: dayCosts(facts),
    groupBy,
    rows: groups
      .map(group => ({
        ...toRow(group, labelOf(group, groupBy), base),
        ...entityRefOf(group, groupBy),
      }))
      .sort(largestFirst),
    movers: base.comparable ? moversOf(money.groups) : [],
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
  restricted,
  facts: { request, calendar, coverage },
}: FleetReportInput): FleetCostReport['status'] {
  if (clusterCount === 0) {
    return 'no-clusters';
  }
  // Nothing the caller may see ran anywhere: that is no lack of data.
  if (restricted && clusters.length === 0) {
    return 'ok';
  }
  return calendar
    .days(request.window.start, request.window.end)
    .some(day => coverage.day(day).known)
    ? 'ok'
    : 'no-data';
}

function labelOf({ kind, values, title }: Pair, groupBy: FleetDimension) {
  const [value] = values;
  if (kind !== 'normal') {
    const name = kind === 'idle' ? 'Idle' : 'Unallocated';
    return value ? `${name} · ${value}` : name;
  }
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
