/**
 * The parts of the back end that benches run without a portal around them. No stable
 * API; they ask no permission.
 *
 * @packageDocumentation
 */
import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import {
  ClusterCaches,
  KubernetesAccess,
  readClusters,
} from '@headroom/plugin-clusters-node';
import { Fence } from '@headroom/node';
import { ActingEngine } from '@headroom/plugin-controllers-node';
import { CostApi } from '@headroom/plugin-cost-common';
import { sayPlan, subjectOf } from '@headroom/plugin-scaling-common';
import { Knex } from 'knex';
import { readScalingConfig } from './core/config/readScalingConfig';
import { createEngine } from './core/createEngine';
import { ClusterReading } from './core/fleet/ClusterView';
import { Fleet } from './core/fleet/Fleet';
import { Notices } from './core/Notices';
import { PREFIX } from './database/openDatabase';
import { LinkStore } from './database/LinkStore';
import { NoticeStore } from './database/NoticeStore';
import { OverrideStore } from './database/OverrideStore';
import { PlanningStore } from './database/PlanningStore';
import { PolicyStore } from './database/PolicyStore';
import { SavingStore } from './database/SavingStore';
import { StartUpStore } from './database/StartUpStore';
import { SavingsJob } from './features/savings/SavingsJob';
import { Cycle } from './features/schedules/Cycle';

export { migrationsDirectory } from './database/openDatabase';
export { PolicyStore } from './database/PolicyStore';
export type { CycleResult } from './features/schedules/Cycle';

/** The controller as the plugin makes it, on caches and a database. Nobody is told of anything. */
export function createController({
  knex,
  caches,
  config: rootConfig,
  kubernetes,
  logger,
}: {
  knex: Knex;
  caches: ClusterCaches;
  config: Config;
  kubernetes: KubernetesAccess;
  logger: LoggerService;
}): { cycle: Cycle; policies: PolicyStore } {
  const clusters = readClusters(rootConfig);
  const config = readScalingConfig(rootConfig, {
    clusters: clusters.map(({ name }) => name),
  });
  const policies = PolicyStore.create({ knex });
  const fleet = Fleet.create({
    clusters: clusters.map(cluster =>
      ClusterReading.create({
        config: cluster,
        cache: caches.of(cluster.name),
      }),
    ),
    config,
    policies,
    overrides: OverrideStore.create({ knex }),
    links: LinkStore.create({ knex }),
    startUps: StartUpStore.create({ knex }),
    now: () => new Date(),
  });
  const notices = Notices.create({
    logger,
    outbox: NoticeStore.create({ knex }),
    signals: { publish: async () => {} },
    notifications: { send: async () => {} },
  });
  const engine = createEngine({
    knex,
    caches,
    config,
    fleet,
    kubernetes,
    logger,
    notices,
    actuators: [],
  });
  const cycle = Cycle.create({
    config,
    engine,
    fleet,
    logger,
    notices,
    planning: PlanningStore.create({ knex }),
    costs: {
      read: async () => {},
      of: target => sayPlan('costsUnread', { subject: subjectOf(target) }),
    },
    verifiers: new Map(),
  });
  return { cycle, policies };
}

/** The job of savings as the plugin makes it, on a database; every policy is there and awake in UTC. */
export function createSavingsJob({
  knex,
  auth,
  costs,
  logger,
}: {
  knex: Knex;
  auth: AuthService;
  costs: Pick<CostApi, 'getWorkloadHours'>;
  logger: LoggerService;
}): {
  run: (signal: AbortSignal) => Promise<void>;
  /** As they were measured last, as every page reads them. */
  rows: SavingStore['list'];
} {
  const savings = SavingStore.create({ knex });
  const job = SavingsJob.create({
    auth,
    costs,
    engine: ActingEngine.create({
      knex,
      prefix: PREFIX,
      logger,
      actuators: [],
      facts: async () => {
        throw new Error('Nothing is planned or applied here.');
      },
    }),
    fence: Fence.create({ prefix: PREFIX, task: 'scaling-savings' }),
    logger,
    savings,
    policies: async () => ({
      titleOf: policyId => policyId,
      zoneOf: () => 'UTC',
      isGone: () => false,
    }),
    now: () => new Date(),
  });
  return {
    run: signal => job.run({ signal }),
    rows: () => savings.list(),
  };
}
