import {
  AuditorService,
  AuthService,
  DatabaseService,
  DiscoveryService,
  HttpAuthService,
  LifecycleService,
  LoggerService,
  PermissionsRegistryService,
  PermissionsService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { SignalsService } from '@backstage/plugin-signals-node';
import {
  DatabaseHealth,
  EntityAuthorizer,
  EntityReader,
  EntityScope,
  orUnavailable,
  PluginDatabase,
  ReadinessChecks,
  sayFrequency,
} from '@headroom/node';
import {
  ClusterCaches,
  ClusterConfig,
  ClustersService,
  KubernetesAccess,
} from '@headroom/plugin-clusters-node';
import { ActingEngine, Actuator } from '@headroom/plugin-controllers-node';
import { scalingPermissions } from '@headroom/plugin-scaling-common';
import { scalingEntityResourceRef } from '@headroom/plugin-scaling-node';
import { LinkStore } from '../database/LinkStore';
import { openDatabase, PREFIX } from '../database/openDatabase';
import { NoticeStore } from '../database/NoticeStore';
import { OverrideStore } from '../database/OverrideStore';
import { PolicyStore } from '../database/PolicyStore';
import { SavingStore } from '../database/SavingStore';
import { StartUpStore } from '../database/StartUpStore';
import { ScalingConfig } from './config/ScalingConfig';
import { readScalingConfig } from './config/readScalingConfig';
import { createEngine } from './createEngine';
import { ClusterReading } from './fleet/ClusterView';
import { Fleet } from './fleet/Fleet';
import { LinksState } from './LinksState';
import { Notices } from './Notices';
import { scalingEntityRules } from './permissions/rules';
import { ScalingScopes } from './ScalingScopes';

/** Services of Backstage that features use as they are. */
interface ScalingServices {
  auditor: AuditorService;
  auth: AuthService;
  catalog: CatalogService;
  discovery: DiscoveryService;
  httpAuth: HttpAuthService;
  logger: LoggerService;
}

/** What every feature of the plugin stands on. */
export interface ScalingCore extends ScalingServices {
  config: ScalingConfig;
  clusters: readonly ClusterConfig[];
  kubernetes: KubernetesAccess;
  /** For scheduled work; requests reach what is stored through `stores` and `engine`. */
  database: Pick<PluginDatabase, 'work'>;
  stores: {
    policies: PolicyStore;
    overrides: OverrideStore;
    links: LinkStore;
    savings: SavingStore;
  };
  health: DatabaseHealth;
  scopes: ScalingScopes;
  engine: ActingEngine;
  fleet: Fleet;
  notices: Notices;
  linksState: LinksState;
  now: () => Date;
}

/** What the core itself is made of. */
export interface ScalingCoreDeps extends ScalingServices {
  actuators: readonly Actuator[];
  clusters: ClustersService;
  caches: ClusterCaches;
  config: RootConfigService;
  database: DatabaseService;
  kubernetes: KubernetesAccess;
  lifecycle: LifecycleService;
  notifications: NotificationService;
  permissions: PermissionsService;
  permissionsRegistry: PermissionsRegistryService;
  readiness: ReadinessChecks;
  signals: SignalsService;
}

/** Reads the configuration, opens the database and registers permissions. */
export async function createScalingCore(
  deps: ScalingCoreDeps,
): Promise<ScalingCore> {
  const { auditor, auth, catalog, discovery, httpAuth, logger } = deps;
  const { caches, kubernetes } = deps;
  const clusters = deps.clusters.list();
  const config = readScalingConfig(deps.config, {
    clusters: clusters.map(({ name }) => name),
  });
  const { work, pages: knex } = await openDatabase(deps.database);
  registerPermissions(deps, knex);
  const health = DatabaseHealth.create({ knex, logger });
  deps.lifecycle.addShutdownHook(() => health.close());
  deps.readiness.add('the database of scaling', () => health.ready());
  const stores = {
    policies: PolicyStore.create({ knex }),
    overrides: OverrideStore.create({ knex }),
    links: LinkStore.create({ knex }),
    savings: SavingStore.create({ knex }),
  };
  const now = () => new Date();
  const fleet = Fleet.create({
    clusters: clusters.map(cluster =>
      ClusterReading.create({
        config: cluster,
        cache: caches.of(cluster.name),
      }),
    ),
    config,
    ...stores,
    startUps: StartUpStore.create({ knex }),
    now,
  });
  const notices = Notices.create({
    ...deps,
    outbox: NoticeStore.create({ knex: work }),
  });
  const engine = createEngine({
    knex: work,
    caches,
    config,
    fleet,
    kubernetes,
    logger,
    notices,
    actuators: deps.actuators,
  });
  return {
    auditor,
    auth,
    catalog,
    discovery,
    httpAuth,
    logger,
    config,
    clusters,
    kubernetes,
    database: { work },
    stores,
    health,
    scopes: ScalingScopes.create({
      authorizer: EntityAuthorizer.create({
        ...deps,
        resourceRef: scalingEntityResourceRef,
      }),
      knex,
      catalogRead: sayFrequency(config.entities.schedule),
    }),
    engine,
    fleet,
    notices,
    linksState: {},
    now,
  };
}

function registerPermissions(
  { permissionsRegistry }: ScalingCoreDeps,
  knex: PluginDatabase['pages'],
): void {
  // The permission framework itself asks: its answers make the sights of others.
  const entities = EntityReader.create({
    knex,
    prefix: PREFIX,
    scope: EntityScope.grant(),
  });
  permissionsRegistry.addPermissions(scalingPermissions);
  permissionsRegistry.addResourceType({
    resourceRef: scalingEntityResourceRef,
    permissions: scalingPermissions,
    rules: Object.values(scalingEntityRules),
    getResources: refs => orUnavailable(entities.findByRefs(refs)),
  });
}
