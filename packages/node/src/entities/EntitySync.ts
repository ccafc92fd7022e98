import { setTimeout as sleep } from 'node:timers/promises';
import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { EntityMirror } from './EntityMirror';
import { GroupEdge, StoredEntity } from './StoredEntity';
import { toGroupEdges, toStoredEntity } from './toStoredEntity';

/** A catalog that has just started is still filling; how often to ask again, and how soon. */
const ROUNDS = 12;
const PAUSE_MS = 5000;

/** A catalog in the same process holds up everything else while it makes a page. */
const PAGE_ENTITIES = 100;

const FIELDS = [
  'kind',
  'metadata.namespace',
  'metadata.name',
  'metadata.title',
  'metadata.labels',
  'metadata.annotations',
  'spec.lifecycle',
  'spec.type',
  'relations',
];

/** @public */
export interface EntitySyncOptions {
  catalog: CatalogService;
  auth: AuthService;
  logger: LoggerService;
  mirror: EntityMirror;
  /** Kinds beside Group. */
  kinds: string[];
  /** Keys of the annotations by which an entity claims what is its, e.g. `/^backstage\.io\/kubernetes-/`. */
  annotations: RegExp;
  /** Called after each reading that changed something. */
  onChanged?: (signal: AbortSignal) => Promise<unknown>;
  /** Milliseconds between two readings of a catalog that is empty or changing. */
  pauseMs?: number;
}

interface CatalogReading {
  entities: StoredEntity[];
  edges: GroupEdge[];
}

/**
 * Reads the catalog into a mirror. A catalog that fails, or answers with nothing,
 * changes nothing there.
 *
 * @public
 */
export class EntitySync {
  readonly #options: EntitySyncOptions;

  static create(options: EntitySyncOptions): EntitySync {
    return new EntitySync(options);
  }

  private constructor(options: EntitySyncOptions) {
    this.#options = options;
  }

  /**
   * Reads the catalog until it stays the same, or the rounds are up. One that
   * fails is asked again: catalogs are restarted, too.
   *
   * @throws what the catalog failed with in the last round.
   */
  async run(signal: AbortSignal): Promise<void> {
    const { mirror, logger, onChanged, pauseMs = PAUSE_MS } = this.#options;
    for (let round = 1; round <= ROUNDS && !signal.aborted; round += 1) {
      const read = await this.#read(signal).catch(error => {
        if (round === ROUNDS) {
          throw error;
        }
        return undefined;
      });
      const outcome = read && (await this.#keep(read, signal));
      if (outcome === 'changed') {
        await onChanged?.(signal);
      } else if (outcome === 'same') {
        return;
      } else if (outcome === 'empty' && (await mirror.countLive()) > 0) {
        logger.warn(
          'The catalog answered with no entities; nothing was changed',
        );
        return;
      }
      await sleep(pauseMs, undefined, { signal }).catch(
        () => undefined, // aborted: the loop ends by itself
      );
    }
  }

  async #keep(
    { entities, edges }: CatalogReading,
    signal: AbortSignal,
  ): Promise<'changed' | 'same' | 'empty'> {
    const { mirror, logger } = this.#options;
    if (signal.aborted) {
      return 'same';
    }
    if (entities.length === 0) {
      return 'empty';
    }
    const { changed, vanished } = await mirror.replaceAll(
      entities,
      edges,
      new Date(),
    );
    if (vanished > 0) {
      logger.info(
        `${vanished} entities left the catalog; their history is kept`,
      );
    }
    return changed ? 'changed' : 'same';
  }

  async #read(signal: AbortSignal): Promise<CatalogReading> {
    const { catalog, auth, kinds, annotations } = this.#options;
    const entities = new Map<string, StoredEntity>();
    const edges: GroupEdge[] = [];
    const pages = catalog.streamEntities(
      {
        filter: { kind: [...kinds, 'Group'] },
        fields: FIELDS,
        pageSize: PAGE_ENTITIES,
      },
      { credentials: await auth.getOwnServiceCredentials() },
    );
    for await (const page of pages) {
      if (signal.aborted) {
        break;
      }
      for (const entity of page) {
        const stored = toStoredEntity(entity, annotations);
        entities.set(stored.entityRef, stored);
        edges.push(...toGroupEdges(entity));
      }
    }
    return { entities: [...entities.values()], edges };
  }
}
