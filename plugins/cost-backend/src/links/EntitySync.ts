import { setTimeout as sleep } from 'node:timers/promises';
import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { EntityStore, GroupEdge, StoredEntity } from '../database/EntityStore';
import { toGroupEdges, toStoredEntity } from './toStoredEntity';

/** A catalog that has just started knows nobody yet; how often to ask again. */
const EMPTY_RETRIES = 12;
const EMPTY_PAUSE_MS = 5000;

const FIELDS = [
  'kind',
  'metadata.namespace',
  'metadata.name',
  'metadata.title',
  'metadata.labels',
  'metadata.annotations',
  'spec.type',
  'relations',
];

/** @internal */
export interface EntitySyncOptions {
  catalog: CatalogService;
  auth: AuthService;
  logger: LoggerService;
  store: EntityStore;
  /** Kinds beside Group. */
  kinds: string[];
  /** Milliseconds between two questions to a catalog that is empty. */
  emptyPauseMs?: number;
}

/**
 * Copies what costs need of the catalog. A catalog that fails, or answers with
 * nothing, changes nothing here.
 */
export class EntitySync {
  readonly #options: EntitySyncOptions;

  static create(options: EntitySyncOptions) {
    return new EntitySync(options);
  }

  private constructor(options: EntitySyncOptions) {
    this.#options = options;
  }

  /** @returns whether links have to be computed again. */
  async run(signal: AbortSignal): Promise<boolean> {
    const { store, logger, emptyPauseMs = EMPTY_PAUSE_MS } = this.#options;
    for (let attempt = 0; attempt <= EMPTY_RETRIES; attempt += 1) {
      const { entities, edges } = await this.#read(signal);
      if (signal.aborted) {
        return false;
      }
      if (entities.length > 0) {
        const { linksAffected, vanished } = await store.replaceAll(
          entities,
          edges,
          new Date(),
        );
        if (vanished > 0) {
          logger.info(
            `${vanished} entities left the catalog; their cost history is kept`,
          );
        }
        return linksAffected;
      }
      if ((await store.countLive()) > 0) {
        break;
      }
      await sleep(emptyPauseMs, undefined, { signal }).catch(() => undefined);
    }
    logger.warn('The catalog answered with no entities; nothing was changed');
    return false;
  }

  async #read(signal: AbortSignal) {
    const { catalog, auth, kinds } = this.#options;
    const entities = new Map<string, StoredEntity>();
    const edges: GroupEdge[] = [];
    const pages = catalog.streamEntities(
      { filter: { kind: [...kinds, 'Group'] }, fields: FIELDS },
      { credentials: await auth.getOwnServiceCredentials() },
    );
    for await (const page of pages) {
      if (signal.aborted) {
        break;
      }
      for (const entity of page) {
        const stored = toStoredEntity(entity);
        entities.set(stored.entityRef, stored);
        edges.push(...toGroupEdges(entity));
      }
    }
    return { entities: [...entities.values()], edges };
  }
}
