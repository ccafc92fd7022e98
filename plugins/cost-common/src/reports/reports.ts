import { PriceOrigin } from '../allocation/types';
import {
  LinkProvenance,
  Micros,
  Projection,
  ReportWindow,
  SourceProblem,
} from '@headroom/common';
import { CapacityType, Resource } from '../resources/resources';

/** Amount a resource, on the wire. @public */
export type ResourceAmounts = Record<Resource, Micros>;

/** The window before, of the same number of days, and its total. @public */
export interface Comparison {
  start: string;
  end: string;
  /** Absent unless the window before is complete and of the same clusters: part of a window is nothing to compare with. */
  total?: Micros;
  /** (this − before) / before over the days both windows have complete, of the same clusters; absent when the base is 0 or unknown. */
  changeRatio?: number;
  /** The days of this window that were compared (a partial day is left out): end exclusive. */
  comparedStart: string;
  comparedEnd: string;
  /** Pairs of days the ratio stands on: fewer than the span has when some are not complete. */
  comparedDays?: number;
}

/** One day of a chart. @public */
export interface DayCost {
  day: string;
  cost: ResourceAmounts;
  /** Share of idle and of shared namespaces, when sharing is on; else 0. */
  shared: Micros;
  total: Micros;
  /** The day is not over, or hours of it are not in yet: the last ones, or those a back-fill has still to read. A day with `total` "0" is then a gap. */
  partial?: boolean;
  /** Hours of the day no source could answer for. A day with none at all has `total` "0" and every hour missing: draw a gap. */
  missingHours?: number;
  /** Hours the calendar day has (23 or 25 when clocks change). */
  hours: number;
}

/** One row of a breakdown table. @public */
export interface BreakdownRow {
  /** Unique within the table; stable across requests. */
  key: string;
  /** What to show. */
  label: string;
  /** Where the row leads: an entity, when it stands for one. */
  entityRef?: string;
  /** `idle` and `unallocated` rows are never hidden and always look the same. */
  kind: 'normal' | 'idle' | 'unallocated';
  cost: ResourceAmounts;
  shared: Micros;
  total: Micros;
  /** Total of the window before; absent unless that is complete and of the same clusters. */
  previousTotal?: Micros;
  /** (this − before) / before over the days both windows have complete; absent when the base is 0 or unknown. */
  changeRatio?: number;
  /** Cost-weighted: used / paid over CPU, memory and GPU; absent when nothing was paid or usage is unknown. */
  efficiency?: number;
  gpuHours?: number;
  gpuBusyHours?: number;
}

/** A dimension of a service's cost. @public */
export type ServiceDimension =
  | 'cluster'
  | 'region'
  | 'workload'
  | 'container'
  | 'capacity';

/** A dimension of the fleet's cost. @public */
export type FleetDimension =
  | 'team'
  | 'service'
  | 'cluster'
  | 'region'
  | 'namespace';

/** Cost per unit over the same closed days. @public */
export interface UnitCost {
  metric: string;
  title: string;
  /** Units the price is for: 1 = per request, 1 000 000 = per million tokens. */
  per: number;
  quantity?: number;
  failed?: number;
  /** Cost of `per` units, decimal string with 9 digits; absent with a reason when it can't be said. */
  unitCost?: string;
  previousUnitCost?: string;
  reason?: 'no-units' | 'below-minimum' | 'no-data';
  days: Array<{ day: string; quantity: number; unitCost?: string }>;
}

/** Where the money of an answer comes from. @public */
export interface Origin {
  sources: Array<{
    cluster: string;
    /** E.g. `prometheus`, `opencost`, `demo`. */
    source: string;
    simulated: boolean;
    /** Last hour that is in, ISO 8601 UTC. */
    lastHour?: string;
    missingHours: number;
    /** Set while the source can't be reached. */
    downSince?: string;
    /** Set while a back-fill runs: hours of the past that are in, of those wanted. */
    backfill?: { doneHours: number; totalHours: number };
  }>;
  prices: Array<{
    cluster: string;
    /** Absent for a caller who may see only some services. */
    nodePool?: string;
    instanceType: string;
    region: string;
    capacityType: CapacityType;
    hourlyPrice: string;
    currency: string;
    /** Of the whole cluster; absent for a caller who may see only some services. */
    nodeHours?: number;
    origin: PriceOrigin;
  }>;
  /** Charged quantity × effective price = cost, per resource. Quantities: core-hours, GiB-hours, device-hours, GiB-hours, GiB. */
  formulas: Array<{
    resource: Resource;
    quantity: number;
    unit: 'core-hour' | 'GiB-hour' | 'device-hour' | 'GiB';
    /** Decimal string, cost / quantity; absent when quantity is 0. */
    effectivePrice?: string;
    cost: Micros;
  }>;
  links: Array<{
    cluster: string;
    namespace: string;
    workloadKind: string;
    workload: string;
    provenance: LinkProvenance;
    detail: string;
  }>;
  sharing: {
    idle: IdleMode;
    sharedNamespaces: string[];
    split: 'weighted' | 'even';
  };
}

/** What is done with the cost of capacity nobody asked for. @public */
export type IdleMode = 'separate' | 'shared';

/** The amounts of an answer are in one currency. @public */
export interface ReportBase {
  window: ReportWindow;
  currency: string;
  /** Set when amounts were converted. `rate` is a decimal string; amounts of each day use the rate valid that day. */
  conversion?: {
    from: string;
    to: string;
    rates: Array<{ validFrom: string; rate: string }>;
  };
  /** Some of the data comes from a simulation. */
  simulated: boolean;
  /** When the newest data in the answer was measured, ISO 8601 UTC. */
  dataUntil?: string;
  problems: SourceProblem[];
}

/** Headline figures shared by services, teams and the fleet. @public */
export interface Headline {
  total: Micros;
  previous: Comparison;
  monthToDate: {
    start: string;
    end: string;
    total: Micros;
    /** The same days of the month before; absent when there is no data for them. */
    previous?: Comparison;
  };
  projection: Projection;
  /** Cost-weighted efficiency; absent when unknown. */
  efficiency?: number;
  /** Efficiency of the window before; absent unless that is complete. */
  previousEfficiency?: number;
  /** Reserved and not used, in money. */
  unusedCost: Micros;
  /** `unusedCost` of the window before; absent unless that is complete and this one is over. */
  previousUnusedCost?: Micros;
  /** unusedCost / cost of the CPU, memory and GPU whose usage is known; absent when none is. */
  unusedShare?: number;
}

/** Answer to "what does my service cost?". @public */
export interface ServiceCostReport extends ReportBase {
  entityRef: string;
  /** `no-workloads` = nothing is linked to the service; `no-data` = linked, but nothing ran or nothing is in yet. */
  status: 'ok' | 'no-workloads' | 'no-data';
  headline: Headline;
  days: DayCost[];
  breakdowns: Record<ServiceDimension, BreakdownRow[]>;
  gpu?: {
    paidHours: number;
    /** Device-hours of which is known how busy they were; absent = all of them. */
    knownHours?: number;
    /** Busy ones of `knownHours`; absent when no utilisation was reported. */
    busyHours?: number;
    cost: Micros;
    days: Array<{
      day: string;
      paidHours: number;
      knownHours?: number;
      busyHours?: number;
    }>;
  };
  units: UnitCost[];
  origin: Origin;
}

/** Answer to "who spends it?". @public */
export interface FleetCostReport extends ReportBase {
  /** True when the caller may see only part of the fleet: totals are of that part. */
  restricted: boolean;
  status: 'ok' | 'no-clusters' | 'no-data';
  idleMode: IdleMode;
  headline: Headline & { unallocated: Micros; idle: Micros };
  days: DayCost[];
  groupBy: FleetDimension;
  rows: BreakdownRow[];
  /** Largest absolute changes against the window before, most first. */
  movers: Array<{
    entityRef: string;
    label: string;
    total: Micros;
    previousTotal: Micros;
    change: Micros;
  }>;
  origin: Omit<Origin, 'links' | 'formulas'>;
}

/** Answer to "what does my team cost?". @public */
export interface TeamCostReport extends ReportBase {
  entityRef: string;
  /** The team and every group below it of whose services the caller may see one. */
  groups: string[];
  status: 'ok' | 'no-services' | 'no-data';
  /** True when the caller may see only part of its services: totals are of that part. */
  restricted: boolean;
  headline: Headline;
  days: DayCost[];
  /** One row for each entity that has allocated cost in this window or the one before. */
  services: BreakdownRow[];
  /** The others: what they cost is not known to be nothing, a bill may have them. */
  notAllocated: Array<{ entityRef: string; title?: string }>;
  origin?: Omit<Origin, 'links' | 'formulas'>;
}

/** Ingest as the Sources page shows it. @public */
export interface SourcesReport {
  timezone: string;
  currency: string;
  currencies: string[];
  clusters: Array<{
    name: string;
    title: string;
    source: string;
    simulated: boolean;
    region?: string;
    state: 'ok' | 'waiting' | 'down' | 'back-filling' | 'no-source';
    /** Since when the source can't be reached, ISO 8601 UTC. */
    downSince?: string;
    /** Why, in words fit for the page (no secrets, no upstream bodies). */
    lastError?: string;
    firstHour?: string;
    lastHour?: string;
    lastRunAt?: string;
    backfill?: {
      from: string;
      doneHours: number;
      totalHours: number;
      finished: boolean;
    };
    /** Closed spans with no data: end exclusive, ISO 8601 UTC. */
    gaps: Array<{ start: string; end: string; hours: number; reason: string }>;
    /**
     * Hours that are missing, known in part, or without their unit metrics:
     * those that are read again, and those that are too old for it.
     */
    unfinished?: { again: number; left: number };
    queriesPerHour?: number;
    problems: SourceProblem[];
  }>;
}

/** What the picker offers. @public */
export interface CostSettings {
  timezone: string;
  currency: string;
  currencies: string[];
  simulated: boolean;
  unitMetrics: Array<{ id: string; title: string; per: number }>;
}
