import { BreakdownRow, TeamCostReport } from '@headroom/plugin-cost-common';
import { OwnedService } from '../../database/CatalogStore';
import { MoneyAnswer } from '../../database/MoneyStore';
import { ClusterCoverage, NodePriceRow } from '../../database/ReportStore';
import { largestFirst, pairs, toRow } from './breakdowns';
import { ReportContext } from './ReportContext';
import {
  dayCosts,
  headline,
  ReportFacts,
  rowBaseOfPairs,
} from '../../core/report/headline';
import { originOf, reportBase } from '../../core/report/origin';

/** Everything a team's report is made of. */
export interface TeamReportInput extends ReportContext {
  entityRef: string;
  /** The team first, then every group below it. */
  groups: string[];
  /** Services of these groups that the caller may see, and whether there are others. */
  services: { seen: OwnedService[]; hidden: boolean };
  seesEverything: boolean;
  facts: ReportFacts;
  money: MoneyAnswer;
  clusters: ClusterCoverage[];
  prices: NodePriceRow[];
}

/** Assembles the answer to "what does my team cost?". Pure. */
export function buildTeamReport(input: TeamReportInput): TeamCostReport {
  const { facts, money, config, currencies, entityRef, services } = input;
  const head = headline(facts);
  const base = rowBaseOfPairs(facts);
  const withCost = pairs(money.groups, 'group').map(pair => ({
    ...toRow(pair, pair.title ?? pair.values[0], base),
    entityRef: pair.values[0],
  }));
  return {
    ...reportBase({
      ...input,
      currency: currencies.describe(facts.request.conversion),
    }),
    entityRef,
    groups: groupsToTell(input),
    status: statusOf(services, withCost),
    restricted: services.hidden,
    headline: head,
    days: dayCosts(facts),
    services: [...withCost].sort(largestFirst),
    notAllocated: without(services.seen, withCost),
    origin: originOf({
      ...input,
      currency: currencies.stored,
      sharing: config.sharing,
    }),
  };
}

/** A group of whose services the caller may see none is not told. */
function groupsToTell({
  entityRef,
  groups,
  services: { seen },
  seesEverything,
}: TeamReportInput): string[] {
  const owners = new Set(seen.flatMap(({ ownerRefs }) => ownerRefs));
  return groups.filter(
    group => seesEverything || group === entityRef || owners.has(group),
  );
}

function statusOf(
  services: TeamReportInput['services'],
  rows: BreakdownRow[],
): TeamCostReport['status'] {
  if (services.seen.length === 0 && !services.hidden) {
    return 'no-services';
  }
  return rows.length > 0 ? 'ok' : 'no-data';
}

/**
 * Entities the caller may see that nothing was allocated to. A database or a load balancer
 * that is billed on its own is one of them: that it cost nothing is not ours to say.
 */
function without(
  services: OwnedService[],
  rows: Array<{ entityRef: string }>,
): TeamCostReport['notAllocated'] {
  const listed = new Set(rows.map(({ entityRef }) => entityRef));
  return services
    .filter(({ entityRef }) => !listed.has(entityRef))
    .map(({ entityRef, title }) => ({
      entityRef,
      ...(title !== undefined && { title }),
    }));
}
