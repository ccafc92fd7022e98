import { LoggerService } from '@backstage/backend-plugin-api';
import { ClaimPolicy, LinkRule, createLinker } from '@headroom/common';
import { setImmediate } from 'node:timers/promises';
import { Knex } from 'knex';
import { EntityMirror } from '@headroom/node';
import { listLinkable } from '../../../database/entityMirror';
import {
  ContainerLink,
  LinkStore,
  StaleContainer,
} from '../../../database/LinkStore';
import { RulesStore } from '../../../database/RulesStore';

const BATCH = 500;

/** @internal */
export interface LinkingOptions {
  knex: Knex;
  entities: EntityMirror;
  logger: LoggerService;
  rules: LinkRule[];
  ownerLabels: string[];
  claims: ClaimPolicy;
}

/** The catalog as of one generation of it. */
interface LinkingCatalog {
  generation: string;
  /** By entity reference. */
  ids: Map<string, number>;
  linker: ReturnType<typeof createLinker>;
}

/**
 * Links containers to services. A link counts for a container's whole history:
 * costs are kept by container, and joined with links when they are read.
 */
export class Linking {
  readonly #options: LinkingOptions;

  static create(options: LinkingOptions) {
    return new Linking(options);
  }

  private constructor(options: LinkingOptions) {
    this.#options = options;
  }

  /** Marks every container for linking when the rules are not those of the last time. */
  async noticeChangedRules(): Promise<void> {
    const { knex, rules, ownerLabels, claims } = this.#options;
    const value = JSON.stringify({ rules, ownerLabels, claims });
    if ((await RulesStore.in(knex).read('link-rules')) === value) {
      return;
    }
    await knex.transaction(async tx => {
      await LinkStore.in(tx).markAllStale();
      await RulesStore.in(tx).keep('link-rules', value);
    });
  }

  /** Links the containers that are new, relabelled or touched by a change of the catalog. */
  async linkStale(signal: AbortSignal): Promise<number> {
    if (!(await LinkStore.in(this.#options.knex).hasStale())) {
      return 0;
    }
    let catalog: LinkingCatalog | undefined;
    let done = 0;
    let linked = 0;
    do {
      ({ linked, catalog } = await this.#linkBatch(catalog));
      done += linked;
      await setImmediate();
    } while (linked > 0 && !signal.aborted);
    this.#warn(catalog);
    return done;
  }

  /** A catalog that changes meanwhile waits, and marks what is linked here as stale. */
  async #linkBatch(
    known: LinkingCatalog | undefined,
  ): Promise<{ linked: number; catalog: LinkingCatalog }> {
    const { knex, entities } = this.#options;
    return knex.transaction(async tx => {
      const generation = await entities.hold(tx);
      let catalog = known;
      if (catalog?.generation !== generation) {
        this.#warn(catalog);
        catalog = await this.#readCatalog(tx, generation);
      }
      return { linked: await linkBatch(tx, catalog), catalog };
    });
  }

  async #readCatalog(tx: Knex, generation: string): Promise<LinkingCatalog> {
    const { entities, rules, ownerLabels, claims } = this.#options;
    const linkable = await listLinkable(entities, tx);
    return {
      generation,
      ids: new Map(linkable.map(each => [each.entityRef, each.id])),
      linker: createLinker(linkable, rules, { ownerLabels, claims }),
    };
  }

  #warn(catalog: LinkingCatalog | undefined): void {
    for (const { severity, message } of catalog?.linker.problems() ?? []) {
      if (severity !== 'info') {
        this.#options.logger.warn(message);
      }
    }
  }
}

/** Links one batch of stale containers; none are left when it returns 0. */
async function linkBatch(tx: Knex, catalog: LinkingCatalog): Promise<number> {
  const store = LinkStore.in(tx);
  const taken = await store.take(BATCH);
  await store.replace(taken.map(container => linkOne(container, catalog)));
  return taken.length;
}

function linkOne(
  { id, cluster, workload, held }: StaleContainer,
  { ids, linker }: LinkingCatalog,
): ContainerLink {
  const { link, rivals, gained } = linker.decide(workload, cluster, held);
  const entityId = link && ids.get(link.entityRef);
  const isKept =
    held !== undefined && gained === undefined && entityId === held.entityId;
  const takenFromId =
    isKept || gained === 'taken'
      ? held?.takenFromId ?? (isKept ? undefined : held?.entityId)
      : undefined;
  return {
    id,
    ...(link &&
      entityId !== undefined && {
        link: {
          ...link,
          entityId,
          takenFromId,
          isShared: gained === 'shared',
          ...(isKept && { keptOf: held.containerId }),
        },
      }),
    rivals: rivals.flatMap(rival => {
      const rivalId = ids.get(rival.entityRef);
      return rivalId === undefined ? [] : [{ ...rival, entityId: rivalId }];
    }),
  };
}
