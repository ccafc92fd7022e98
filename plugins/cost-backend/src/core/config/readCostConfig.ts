import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { HOUR_MS } from '@headroom/common';
import { readCurrency, readExchangeRates, readTimezone } from '@headroom/node';
import { CostConfig } from './CostConfig';
import { readAdvice } from './readAdvice';
import { readEnergy } from './readEnergy';
import { readClaims } from './readClaims';
import { readIngest } from './readIngest';
import { readLinkRules } from './readLinkRules';
import { readNodeLabels } from './readNodeLabels';
import { readPrices } from './readPrices';
import { readUnitMetrics } from './readUnitMetrics';
import { readDuration, readSchedule } from './schedules';

const MONTH_MS = 30.4375 * 24 * HOUR_MS;
/** Hours are dropped by calendar months. */
const SHORTEST_MONTH_DAYS = 28;

/**
 * Reads and checks the configuration of the cost back end.
 *
 * @throws InputError with one sentence that names the key, the value and what
 * would be right.
 */
export function readCostConfig(config: Config): CostConfig {
  const timezone = readTimezone(config);
  const currency = readCurrency(config);
  const exchangeRates = readExchangeRates(config, currency);
  const ingest = readIngest(config);
  return {
    timezone,
    currency,
    exchangeRates,
    prices: readPrices(config, currency, exchangeRates),
    nodeLabels: readNodeLabels(config),
    ingest,
    retentionMonths: readRetention(config, ingest.backfillHours),
    sharing: readSharing(config),
    links: readLinkRules(config),
    ownerLabels:
      config.getOptionalStringArray('headroom.cost.ownerLabels') ?? [],
    claims: readClaims(config),
    entities: {
      schedule: readSchedule(config, 'headroom.cost.entities', {
        frequency: { minutes: 5 },
        timeout: { minutes: 5 },
        initialDelay: { seconds: 5 },
      }),
      kinds: config.getOptionalStringArray('headroom.cost.entities.kinds') ?? [
        'Component',
        'Resource',
      ],
    },
    unitMetrics: readUnitMetrics(config),
    advice: readAdvice(config),
    energy: readEnergy(config),
  };
}

/** Days that lost some of their hours would be summed as if they were whole. */
function readRetention(config: Config, backfillHours: number): number {
  const at = 'headroom.cost.retention.hours';
  const kept = readDuration(config, at, { months: 13 }) / MONTH_MS;
  const months = Math.max(1, Math.round(kept));
  const days = backfillHours / 24;
  if (days > months * SHORTEST_MONTH_DAYS) {
    throw new InputError(
      `${at} comes to ${months} months, but headroom.cost.ingest.backfill reaches ${Math.ceil(
        days,
      )} days back; keep hours for ${Math.ceil(
        days / SHORTEST_MONTH_DAYS,
      )} months, or read ${months * SHORTEST_MONTH_DAYS} days at most`,
    );
  }
  return months;
}

function readSharing(config: Config): CostConfig['sharing'] {
  const at = 'headroom.cost.sharing';
  const split = config.getOptionalString(`${at}.split`) ?? 'weighted';
  if (split !== 'weighted' && split !== 'even') {
    throw new InputError(
      `${at}.split is '${split}'; it must be weighted or even`,
    );
  }
  const sharedNamespaces =
    config.getOptionalStringArray(`${at}.namespaces`) ?? [];
  return { sharedNamespaces: [...sharedNamespaces].sort(), split };
}
