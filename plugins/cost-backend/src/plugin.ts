import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import {
  createKubernetesAccess,
  readClusters,
} from '@headroom/plugin-clusters-node';
import { costPermissions } from '@headroom/plugin-cost-common';
import {
  costEntityResourceRef,
  costSourcesExtensionPoint,
} from '@headroom/plugin-cost-node';
import { AdviceDecisions } from './features/advice/AdviceDecisions';
import { AdviceJob } from './features/advice/AdviceJob';
import { AdviceReports } from './features/advice/AdviceReports';
import { createAdviceRouter } from './features/advice/adviceRouter';
import { ClusterChecker } from './check/ClusterChecker';
import { ClusterChecks } from './check/ClusterChecks';
import { createCheckRouter } from './check/checkRouter';
import {
  DatabaseHealth,
  ScheduledTurns,
  orUnavailable,
  readinessChecksRef,
} from '@headroom/node';
import { readCostConfig } from './core/config/readCostConfig';
import { ChargeStore } from './database/ChargeStore';
import { EntityStore } from './database/EntityStore';
import { InventoryStore } from './database/InventoryStore';
import { MoneyStore } from './database/MoneyStore';
import { openDatabase } from './database/openDatabase';
import { ReportStore } from './database/ReportStore';
import { SourcesStore } from './database/SourcesStore';
import { createGpuRouter } from './features/gpu/gpuRouter';
import { GpuReports } from './features/gpu/GpuReports';
import { ClusterSource } from './core/ClusterSource';
import { CostSources } from './core/CostSources';
import { IngestService } from './features/ingest/IngestService';
import { InventorySync } from './features/ingest/inventory/InventorySync';
import { inventoryReader } from './features/ingest/inventory/inventoryReader';
import { EntitySync } from './features/ingest/links/EntitySync';
import { CostAuthorizer } from './core/permissions/CostAuthorizer';
import { costEntityRules } from './core/permissions/rules';
import { Calendar } from './core/Calendar';
import { CostReports } from './features/cost/CostReports';
import { Currencies } from './core/Currencies';
import { createRouter } from './features/cost/costRouter';

/**
 * The cost back end: ingests usage and prices, allocates them, and serves what
 * every service costs.
 *
 * @public
 */
export const costPlugin = createBackendPlugin({
  pluginId: 'cost',
  register(env) {
    const sources = CostSources.create();
    env.registerExtensionPoint(costSourcesExtensionPoint, sources);
    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        readiness: readinessChecksRef,
        scheduler: coreServices.scheduler,
      },
      async init(deps) {
        const { logger, permissionsRegistry } = deps;
        const config = readCostConfig(deps.config);
        const clusters = readClusters(deps.config);
        const { pages, work } = await openDatabase(deps.database);
        const entities = EntityStore.create({ knex: pages });

        permissionsRegistry.addPermissions(costPermissions);
        permissionsRegistry.addResourceType({
          resourceRef: costEntityResourceRef,
          permissions: costPermissions,
          rules: Object.values(costEntityRules),
          getResources: refs => orUnavailable(entities.findByRefs(refs)),
        });

        const kubernetes = createKubernetesAccess(deps);
        const inventory = InventorySync.create({
          clusters: clusters.map(({ name }) => name),
          read: inventoryReader(kubernetes),
          store: InventoryStore.create({ knex: work }),
          logger,
        });
        const ingest = IngestService.create({
          knex: work,
          clusters,
          sources,
          config,
          logger,
          beforeFirst: (cluster, signal) => inventory.ensure(cluster, signal),
        });
        const sync = EntitySync.create({
          catalog: deps.catalog,
          auth: deps.auth,
          logger,
          store: EntityStore.create({ knex: work }),
          kinds: config.entities.kinds,
          onChanged: signal => ingest.link(signal),
        });
        const job = AdviceJob.create({
          knex: work,
          config,
          logger,
          share: config.ingest.share,
        });
        const turns = await ScheduledTurns.create({
          ...deps,
          knex: work,
          prefix: 'cost',
        });
        await turns.schedule({
          id: 'cost-entities',
          schedule: config.entities.schedule,
          run: ({ signal }) => sync.run(signal),
        });
        await turns.schedule({
          id: 'cost-inventory',
          schedule: config.advice.inventory,
          run: async ({ signal }) => {
            if (await inventory.run(signal)) {
              await ingest.link(signal);
            }
          },
        });
        await turns.schedule({
          id: 'cost-ingest',
          schedule: config.ingest.schedule,
          run: ({ signal, enough }) => ingest.runOnce(signal, enough),
        });
        await turns.schedule({
          id: 'cost-advice',
          schedule: config.advice.schedule,
          run: ({ signal, enough }) => job.runIfDue(signal, enough),
        });

        const authorizer = CostAuthorizer.create(deps);
        const calendar = Calendar.create({ zone: config.timezone });
        const currencies = Currencies.create({
          stored: config.currency,
          rates: config.exchangeRates,
        });
        const reports = CostReports.create({
          store: ReportStore.create({ knex: pages }),
          money: MoneyStore.create({ knex: pages }),
          authorizer,
          clusters,
          config,
          calendar,
          currencies,
        });
        const health = DatabaseHealth.create({ knex: pages, logger });
        deps.lifecycle.addShutdownHook(() => health.close());
        deps.readiness.add('the database of costs', () => health.ready());
        const now = () => new Date();
        // Before the other routes, which need the database.
        deps.httpRouter.use(
          createCheckRouter({
            httpAuth: deps.httpAuth,
            checks: ClusterChecks.create({
              clusters,
              checker: ClusterChecker.create({
                sources,
                config,
                kubernetes,
                logger,
                now,
              }),
              authorizer,
              auditor: deps.auditor,
              logger,
            }),
          }),
        );
        deps.httpRouter.use(
          createRouter({
            httpAuth: deps.httpAuth,
            authorizer,
            reports,
            advice: createAdviceRouter({
              httpAuth: deps.httpAuth,
              reports,
              advice: AdviceReports.create({
                knex: pages,
                reports,
                clusters,
                timezone: config.timezone,
                now,
              }),
              decisions: AdviceDecisions.create({
                knex: pages,
                authorizer,
                auditor: deps.auditor,
                reports,
                now,
              }),
              currencies,
              logger,
              now,
            }),
            gpus: createGpuRouter({
              httpAuth: deps.httpAuth,
              gpus: GpuReports.create({
                knex: pages,
                authorizer,
                clusters,
                config,
                calendar,
              }),
              config,
              currencies,
              now,
            }),
            charges: ChargeStore.create({ knex: pages }),
            health,
            sources: SourcesStore.create({ knex: pages }),
            config,
            calendar,
            currencies,
            clusters: clusters.map(cluster => ({
              cluster,
              sourceId: ClusterSource.find(cluster, sources, config)?.id,
            })),
            logger,
            now,
          }),
        );
      },
    });
  },
});
