import {
  coreServices,
  createBackendPlugin,
  createServiceFactory,
  LoggerService,
  RootLoggerService,
} from '@backstage/backend-plugin-api';
import {
  ClusterConfig,
  clustersServiceRef,
  kubernetesAccessServiceRef,
} from '@headroom/plugin-clusters-node';
import { costSourcesExtensionPoint } from '@headroom/plugin-cost-node';
import { readCostConfig } from '../../../core/config/readCostConfig';
import { CostSources } from '../../../core/CostSources';
import { ClusterChecker } from '../ClusterChecker';

/** What the command gets of a started back end. */
export interface Started {
  clusters: ClusterConfig[];
  checker: ClusterChecker;
}

/**
 * The plugin `cost` without its database, schedules and routes: it takes the
 * sources that modules add, and checks with them.
 */
export function checkPlugin(onReady: (started: Started) => void) {
  return createBackendPlugin({
    pluginId: 'cost',
    register(env) {
      const sources = CostSources.create();
      env.registerExtensionPoint(costSourcesExtensionPoint, sources);
      env.registerInit({
        deps: {
          clusters: clustersServiceRef,
          config: coreServices.rootConfig,
          kubernetes: kubernetesAccessServiceRef,
          logger: coreServices.logger,
        },
        async init({ clusters, config, kubernetes, logger }) {
          onReady({
            clusters: clusters.list(),
            checker: ClusterChecker.create({
              sources,
              config: readCostConfig(config),
              kubernetes,
              logger,
              now: () => new Date(),
            }),
          });
        },
      });
    },
  });
}

/** No port is opened: the portal itself may be running beside it. */
export const noHttp = createServiceFactory({
  service: coreServices.httpRouter,
  deps: {},
  factory: () => ({ use() {}, addAuthPolicy() {} }),
});

/** What is logged goes to stderr, warnings and errors only. */
export function quietLogger(write: (line: string) => void) {
  const say = (message: string) => write(`${message}\n`);
  const logger: LoggerService = {
    error: say,
    warn: say,
    info() {},
    debug() {},
    child: () => logger,
  };
  const rootLogger: RootLoggerService = logger;
  return createServiceFactory({
    service: coreServices.rootLogger,
    deps: {},
    factory: () => rootLogger,
  });
}
