import { LinkableEntity, entityProblems } from '@headroom/common';
import { ServiceCostReport } from '@headroom/plugin-cost-common';
import { MoneyAnswer } from '../../database/MoneyStore';
import { LinkRow, UnitDay } from '../../database/CatalogStore';
import { ClusterCoverage, NodePriceRow } from '../../database/ReportStore';
import { EntityRivals } from '../../database/RivalStore';
import { pairs, serviceBreakdowns } from './breakdowns';
import { entityClaimProblems } from './claimProblems';
import { ReportContext } from './ReportContext';
import {
  dayCosts,
  headline,
  ReportFacts,
  rowBase,
} from '../../core/report/headline';
import { formulasOf, originOf, reportBase } from '../../core/report/origin';
import { noSums, Sums } from '../../database/sums';
import { unitCosts } from './unitCosts';

/** Everything a service's report is made of. */
export interface ServiceReportInput extends ReportContext {
  entityRef: string;
  /** Some workload is linked to it. */
  linked: boolean;
  seesEverything: boolean;
  facts: ReportFacts;
  money: MoneyAnswer;
  clusters: ClusterCoverage[];
  prices: NodePriceRow[];
  links: LinkRow[];
  claims: { entity?: LinkableEntity; rivals: EntityRivals };
  units: UnitDay[];
}

/** Assembles the answer to "what does my service cost?". Pure. */
export function buildServiceReport(
  input: ServiceReportInput,
): ServiceCostReport {
  const { facts, money, config, currencies, entityRef, links, units } = input;
  const [total] = pairs(money.groups, 'total');
  const sums = total?.current ?? noSums();
  const head = headline(facts);
  const base = reportBase({
    ...input,
    currency: currencies.describe(facts.request.conversion),
  });
  return {
    ...base,
    problems: [...base.problems, ...claimProblems(input)],
    entityRef,
    status: statusOf(input.linked, total?.current),
    headline: head,
    days: dayCosts(facts),
    breakdowns: serviceBreakdowns(money.groups, rowBase(facts)),
    ...(sums.quantities.gpu > 0 && { gpu: gpuOf(facts, sums) }),
    units: unitCosts(
      facts,
      config.unitMetrics.filter(({ id }) => hasUnits(id, units)),
      units,
      input.clusters,
    ),
    origin: {
      ...originOf({
        ...input,
        currency: currencies.stored,
        sharing: config.sharing,
      }),
      formulas: formulasOf(sums),
      links,
    },
  };
}

/** Why its annotations link nothing, or not all they would. */
function claimProblems({
  entityRef,
  claims: { entity, rivals },
  config,
  seesEverything,
}: ServiceReportInput): ServiceCostReport['problems'] {
  return [
    ...(entity ? entityProblems(entity, config.claims) : []),
    ...entityClaimProblems(entityRef, rivals, seesEverything),
  ];
}

function statusOf(
  linked: boolean,
  current: Sums | undefined,
): ServiceCostReport['status'] {
  if (!linked) {
    return 'no-workloads';
  }
  return current ? 'ok' : 'no-data';
}

/** A metric nobody reports for a service, in this window or the one before, is not its metric. */
function hasUnits(id: string, units: UnitDay[]): boolean {
  return units.some(({ metric, quantity }) => metric === id && quantity > 0);
}

function gpuOf(facts: ReportFacts, sums: Sums): ServiceCostReport['gpu'] {
  const { start, end } = facts.request.window;
  return {
    paidHours: sums.quantities.gpu,
    knownHours: sums.gpuKnownHours,
    ...(sums.gpuBusyHours !== undefined && { busyHours: sums.gpuBusyHours }),
    cost: sums.cost.gpu.toString(),
    days: facts.calendar.days(start, end).map(day => {
      const ofDay = facts.days.get(day);
      return {
        day,
        paidHours: ofDay?.quantities.gpu ?? 0,
        knownHours: ofDay?.gpuKnownHours ?? 0,
        ...(ofDay?.gpuBusyHours !== undefined && {
          busyHours: ofDay.gpuBusyHours,
        }),
      };
    }),
  };
}
