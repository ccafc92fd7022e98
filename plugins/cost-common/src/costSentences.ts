import { FORECAST_SENTENCES, PART_SENTENCES } from '@headroom/common';
import { ADVICE_CATALOGUES } from './advice';
import {
  OPENCOST_CHECK_SENTENCES,
  PROMETHEUS_CHECK_SENTENCES,
} from './checks';
import {
  GPU_ADVICE_SENTENCES,
  GPU_LAYOUT_SENTENCES,
  GPU_PART_SENTENCES,
  GPU_VERDICT_SENTENCES,
} from './gpu';
import {
  ALLOCATION_SENTENCES,
  CLAIM_SENTENCES,
  GPU_REPORT_SENTENCES,
  INGEST_SENTENCES,
  INVENTORY_SENTENCES,
  OPENCOST_SENTENCES,
  PRICE_SENTENCES,
  PROMETHEUS_SENTENCES,
  PROMETHEUS_SERIES_SENTENCES,
  REPORT_SENTENCES,
} from './problems';

/**
 * Every sentence that a back end or a source of costs says, by catalogue. Pages
 * word them from here; a portal may translate each.
 *
 * @public
 */
export const COST_SENTENCES = {
  parts: PART_SENTENCES,
  forecast: FORECAST_SENTENCES,
  allocation: ALLOCATION_SENTENCES,
  prices: PRICE_SENTENCES,
  ingest: INGEST_SENTENCES,
  claims: CLAIM_SENTENCES,
  inventory: INVENTORY_SENTENCES,
  report: REPORT_SENTENCES,
  gpuParts: GPU_PART_SENTENCES,
  gpuAdvice: GPU_ADVICE_SENTENCES,
  gpuLayout: GPU_LAYOUT_SENTENCES,
  gpuReport: GPU_REPORT_SENTENCES,
  gpuVerdict: GPU_VERDICT_SENTENCES,
  prometheus: PROMETHEUS_SENTENCES,
  prometheusSeries: PROMETHEUS_SERIES_SENTENCES,
  prometheusCheck: PROMETHEUS_CHECK_SENTENCES,
  opencost: OPENCOST_SENTENCES,
  opencostCheck: OPENCOST_CHECK_SENTENCES,
  ...ADVICE_CATALOGUES,
} as const;
