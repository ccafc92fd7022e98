import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  readCurrency,
  readExchangeRates,
  readSchedule,
  readTimezone,
} from '@headroom/node';
import { CostConfig } from './CostConfig';
import { readAdvice } from './readAdvice';
import { readAlerts } from './readAlerts';
import { readAnomalies } from './readAnomalies';
import { readBill } from './readBill';
import { readBudgets } from './readBudgets';
import { readCompletion } from './readCompletion';
import { readEnergy } from './readEnergy';
import { readClaims } from './readClaims';
import { readIngest } from './readIngest';
import { readLinkRules } from './readLinkRules';
import { readNodeLabels } from './readNodeLabels';
import { readPrices } from './readPrices';
import { readReviews } from './readReviews';
import { readServiceLevels } from './readServiceLevels';
import { readUnitMetrics } from './readUnitMetrics';
import { readPodRetentionMonths, readRetentionMonths } from './retention';

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
  const bill = readBill(config);
  return {
    timezone,
    currency,
    exchangeRates,
    prices: readPrices(config, currency, exchangeRates),
    nodeLabels: readNodeLabels(config),
    ingest,
    retentionMonths: readRetentionMonths(config, ingest.backfillHours),
    podRetentionMonths: readPodRetentionMonths(config),
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
    serviceLevels: readServiceLevels(config),
    advice: readAdvice(config),
    bill,
    budgets: readBudgets(config, {
      currencies: [currency, ...exchangeRates.map(each => each.currency)],
      tags: bill.tags,
    }),
    anomalies: readAnomalies(config),
    reviews: readReviews(config),
    completion: readCompletion(config),
    alerts: readAlerts(config, timezone),
    energy: readEnergy(config),
  };
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
