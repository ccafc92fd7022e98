import { SchedulerServiceTaskScheduleDefinition } from '@backstage/backend-plugin-api';
import { ClaimPolicy, LinkRule } from '@headroom/common';
import { ExchangeRate } from '@headroom/node';
import {
  NodeLabelRules,
  PriceBook,
  PriceBookPart,
  PriceDiscount,
  SharingPolicy,
} from '@headroom/plugin-cost-common';
import { ServiceLevelQueries, UnitMetric } from '@headroom/plugin-cost-node';
import { AdviceConfig } from './AdviceConfig';
import { AlertsConfig } from './readAlerts';
import { AnomaliesConfig } from './readAnomalies';
import { BillConfig } from './readBill';
import { BudgetConfig } from './readBudgets';
import { EnergyConfig } from './readEnergy';
import { CompletionConfig } from './readCompletion';
import { ReviewsConfig } from './readReviews';

/** When and how much to read from sources. */
export interface IngestConfig {
  schedule: SchedulerServiceTaskScheduleDefinition;
  settleMs: number;
  lateHorizonHours: number;
  backfillHours: number;
  /** Part of the time that catching up may take, above 0 up to 1. */
  share: number;
  concurrency: number;
}

/** What prices are made of; see `createNodePricer`. */
export interface PriceConfig {
  config: PriceBookPart;
  /** The built-in list in the stored currency, at the rate of a day (`YYYY-MM-DD`). */
  builtInOn: (day: string) => PriceBook;
  discounts: PriceDiscount[];
}

/** Everything under `headroom` that the cost back end reads, checked. */
export interface CostConfig {
  timezone: string;
  /** Stored currency. */
  currency: string;
  exchangeRates: ExchangeRate[];
  prices: PriceConfig;
  /** Labels of nodes beside those that are known. */
  nodeLabels: NodeLabelRules;
  ingest: IngestConfig;
  retentionMonths: number;
  /** Of what single pods cost. */
  podRetentionMonths: number;
  sharing: SharingPolicy;
  links: LinkRule[];
  /** Pod labels that may name a workload's service. */
  ownerLabels: string[];
  /** Which claims of entities count. */
  claims: ClaimPolicy;
  entities: {
    schedule: SchedulerServiceTaskScheduleDefinition;
    kinds: string[];
  };
  unitMetrics: UnitMetric[];
  serviceLevels: ServiceLevelQueries;
  advice: AdviceConfig;
  alerts: AlertsConfig;
  anomalies: AnomaliesConfig;
  bill: BillConfig;
  budgets: BudgetConfig;
  reviews: ReviewsConfig;
  completion: CompletionConfig;
  /** Absent = energy has no price. */
  energy?: EnergyConfig;
}
