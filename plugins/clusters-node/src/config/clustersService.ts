import {
  coreServices,
  createServiceFactory,
  createServiceRef,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { ClusterConfig } from '../clusters';
import { ClusterSection } from './ClusterSection';
import { checkSection, readClusters } from './readClusters';

/**
 * The clusters of a portal, for all of its back ends.
 *
 * @public
 */
export interface ClustersService {
  /**
   * Says that a section is read by an installed module; call it in the module's
   * `init`, before the plugin that it extends starts.
   *
   * @throws InputError when a cluster has something else there.
   */
  register(section: ClusterSection<unknown>): void;
  /**
   * The clusters under `headroom.clusters`, in the order they are written.
   *
   * @throws InputError, as {@link readClusters} does.
   */
  list(): ClusterConfig[];
}

/** @internal */
export class Clusters implements ClustersService {
  readonly #config: Config;
  readonly #sections: ClusterSection<unknown>[] = [];

  static create(options: { config: Config }): Clusters {
    return new Clusters(options.config);
  }

  private constructor(config: Config) {
    this.#config = config;
  }

  register(section: ClusterSection<unknown>): void {
    checkSection(this.#config, section);
    this.#sections.push(section);
  }

  list(): ClusterConfig[] {
    return readClusters(this.#config, { sections: this.#sections });
  }

  /** Names the sections that no installed module reads: one may be missing. */
  sayUnread(logger: LoggerService): void {
    const read = this.#sections.map(({ key }) => key);
    for (const { name, sections = {} } of this.list()) {
      const unread = Object.keys(sections).filter(key => !read.includes(key));
      if (unread.length > 0) {
        logger.warn(
          `No installed module reads ${unread.join(
            ' and ',
          )} of cluster ${name} under headroom.clusters; install the module that does, or remove it`,
        );
      }
    }
  }
}

/** @public */
export const clustersServiceRef = createServiceRef<ClustersService>({
  id: 'headroom.clusters',
  scope: 'root',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.rootLogger,
        lifecycle: coreServices.rootLifecycle,
      },
      factory({ config, logger, lifecycle }) {
        const clusters = Clusters.create({ config });
        // All modules of all plugins have registered what they read by then.
        lifecycle.addStartupHook(() => clusters.sayUnread(logger));
        return clusters;
      },
    }),
});
