import {
  AuditorService,
  AuthService,
  DatabaseService,
  HttpAuthService,
  LifecycleService,
  LoggerService,
  PermissionsRegistryService,
  PermissionsService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  DatabaseHealth,
  orUnavailable,
  PluginDatabase,
  ReadinessChecks,
  sayFrequency,
} from '@headroom/node';
import {
  ClusterConfig,
  ClustersService,
  KubernetesAccess,
  ClusterInventories,
} from '@headroom/plugin-clusters-node';
import { costPermissions } from '@headroom/plugin-cost-common';
import { costEntityResourceRef } from '@headroom/plugin-cost-node';
import { openDatabase } from '../database/openDatabase';
import { PageDatabase } from '../database/PageDatabase';
import { INTERNAL } from '../database/scope';
import { Calendar } from './Calendar';
import { CostConfig } from './config/CostConfig';
import { readCostConfig } from './config/readCostConfig';
import { CostScopes } from './CostScopes';
import { CostSources } from './CostSources';
import { refuseRivalSources, simulatedClusters } from './clusterSources';
import { Currencies } from './Currencies';
import { CostAuthorizer } from './permissions/CostAuthorizer';
import { costEntityRules } from './permissions/rules';

/** Services of Backstage that features use as they are. */
interface CostServices {
  auditor: AuditorService;
  auth: AuthService;
  catalog: CatalogService;
  httpAuth: HttpAuthService;
  logger: LoggerService;
}

/** What every feature of the plugin stands on. */
export interface CostCore extends CostServices {
  config: CostConfig;
  clusters: ClusterConfig[];
  /** Names of the clusters whose costs come from a simulation. */
  simulated: ReadonlySet<string>;
  sources: CostSources;
  kubernetes: KubernetesAccess;
  inventories: ClusterInventories;
  /** For scheduled work; requests read through `scopes`. */
  database: Pick<PluginDatabase, 'work'>;
  health: DatabaseHealth;
  authorizer: CostAuthorizer;
  scopes: CostScopes;
  calendar: Calendar;
  currencies: Currencies;
  now: () => Date;
}

/** What the core itself is made of. */
export interface CostCoreDeps extends CostServices {
  clusters: ClustersService;
  config: RootConfigService;
  database: DatabaseService;
  inventories: ClusterInventories;
  kubernetes: KubernetesAccess;
  lifecycle: LifecycleService;
  permissions: PermissionsService;
  permissionsRegistry: PermissionsRegistryService;
  readiness: ReadinessChecks;
}

/** Reads the configuration, opens the database and registers permissions. */
export async function createCostCore(
  deps: CostCoreDeps,
  sources: CostSources,
): Promise<CostCore> {
  const { auditor, auth, catalog, httpAuth, logger } = deps;
  const { inventories, kubernetes } = deps;
  const config = readCostConfig(deps.config);
  const clusters = deps.clusters.list();
  refuseRivalSources(clusters, sources);
  const { work, pages: knex } = await openDatabase(deps.database);
  const pages = PageDatabase.create({ knex });
  registerPermissions(deps, pages);
  const health = DatabaseHealth.create({ knex, logger });
  deps.lifecycle.addShutdownHook(() => health.close());
  deps.readiness.add('the database of costs', () => health.ready());
  const authorizer = CostAuthorizer.create(deps);
  return {
    auditor,
    auth,
    catalog,
    httpAuth,
    logger,
    config,
    clusters,
    simulated: simulatedClusters(clusters, sources),
    sources,
    kubernetes,
    inventories,
    database: { work },
    health,
    authorizer,
    scopes: CostScopes.create({
      authorizer,
      pages,
      catalogRead: sayFrequency(config.entities.schedule),
    }),
    calendar: Calendar.create({ zone: config.timezone }),
    currencies: Currencies.create({
      stored: config.currency,
      rates: config.exchangeRates,
    }),
    now: () => new Date(),
  };
}

function registerPermissions(
  { permissionsRegistry }: CostCoreDeps,
  pages: PageDatabase,
): void {
  // The permission framework itself asks: its answers make the scopes of others.
  const { catalog } = pages.for(INTERNAL);
  permissionsRegistry.addPermissions(costPermissions);
  permissionsRegistry.addResourceType({
    resourceRef: costEntityResourceRef,
    permissions: costPermissions,
    rules: Object.values(costEntityRules),
    getResources: refs => orUnavailable(catalog.findByRefs(refs)),
  });
}
