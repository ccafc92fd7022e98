import { ConfigReader } from '@backstage/config';
import { readClusters } from '@headroom/plugin-clusters-node';
import { Knex } from 'knex';
import {
  Calendar,
  ChargeStore,
  CostConfig,
  CostSources,
  Currencies,
  focusCsv,
  IngestService,
  INTERNAL,
  parseFleetRequest,
  readCostConfig,
} from '@headroom/plugin-cost-backend/testUtils';
import { createDatabase } from '../lib/database';
import { quietLogger } from '../lib/quietLogger';
import {
  allocatedCluster,
  clustersOf,
  DAY,
  measuredCluster,
  Names,
  servicesOf,
  ZONE,
} from './world';

/** Noon of the day after. */
const NOW = new Date('2026-03-30T12:00:00Z');

function configOf(names: Names) {
  return new ConfigReader({
    headroom: {
      timezone: ZONE,
      clusters: clustersOf(names),
      exchangeRates: [
        { currency: 'JPY', rate: '151.37', validFrom: '2026-01-01' },
      ],
      cost: { ingest: { backfill: { hours: 48 }, share: 1 } },
    },
  });
}

/** A day in a database. */
export interface Day {
  /** The fleet's charges, as the route sends them. */
  charges(currency: string): Promise<string>;
  /** What the database has of them, in micros of the stored currency. */
  micros(): Promise<bigint>;
  /** Where it is. */
  knex: Knex;
  drop(): Promise<void>;
}

/** A migrated database of its own into which the ingest has read the day. */
export async function ingestDay(names: Names): Promise<Day> {
  const config = configOf(names);
  const cost = readCostConfig(config);
  const { knex, drop } = await createDatabase(
    servicesOf(names).map(service => ({
      entityRef: `component:default/${service.name}`,
      kind: 'component',
      namespace: 'default',
      name: service.name,
      ownerRefs: [service.owner],
      systemRef: service.system,
      labels: {},
      annotations: { 'backstage.io/kubernetes-id': service.name },
    })),
    NOW,
  );
  const sources = CostSources.create();
  sources.addUsageSource(measuredCluster(names));
  sources.addAllocationSource(allocatedCluster);
  await IngestService.create({
    knex,
    clusters: readClusters(config),
    sources,
    config: cost,
    logger: quietLogger,
    now: () => NOW,
  }).runOnce(AbortSignal.timeout(60_000));
  return {
    charges: currency => exportCharges(knex, cost, currency),
    micros: () => storedMicros(knex),
    knex,
    drop,
  };
}

async function exportCharges(
  knex: Knex,
  cost: CostConfig,
  currency: string,
): Promise<string> {
  const currencies = Currencies.create({
    stored: cost.currency,
    rates: cost.exchangeRates,
  });
  const request = parseFleetRequest(
    { from: DAY, to: '2026-03-30', currency },
    currencies,
    ZONE,
    NOW,
  );
  const pieces = focusCsv(
    ChargeStore.create({ knex, scope: INTERNAL }),
    request,
    Calendar.create({ zone: ZONE }),
  );
  let csv = '';
  for await (const piece of pieces) {
    csv += piece;
  }
  return csv;
}

async function storedMicros(knex: Knex): Promise<bigint> {
  const { rows } = await knex.raw(
    `SELECT sum(cpu_micros + memory_micros + gpu_micros + storage_micros
       + network_micros)::text AS micros FROM cost_days WHERE day = ?`,
    [DAY],
  );
  return BigInt(rows[0].micros);
}
