import { LoggerService } from '@backstage/backend-plugin-api';
import {
  createLinker,
  LinkRule,
  WorkloadIdentity,
} from '@headroom/plugin-cost-common';
import { setImmediate } from 'node:timers/promises';
import { Knex } from 'knex';
import { EntityStore } from '../database/EntityStore';
import { integerArray, textArray } from '../database/values';

const BATCH = 500;
const RULES_KEY = 'link-rules';

/** @internal */
export interface LinkingOptions {
  knex: Knex;
  entities: EntityStore;
  logger: LoggerService;
  rules: LinkRule[];
  ownerLabels: string[];
}

interface StaleContainer {
  id: number;
  cluster: string;
  namespace: string;
  workload_kind: string;
  workload: string;
  container: string;
  labels: Record<string, string>;
  labels_sanitized: boolean;
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
    const { knex, rules, ownerLabels } = this.#options;
    const value = JSON.stringify({ rules, ownerLabels });
    const known = await knex('cost_meta').where({ key: RULES_KEY }).first();
    if (known?.value === value) {
      return;
    }
    await knex.transaction(async tx => {
      await tx('cost_containers')
        .where({ bucket: 'workload' })
        .update({ link_stale: true });
      await tx('cost_meta')
        .insert({ key: RULES_KEY, value })
        .onConflict('key')
        .merge();
    });
  }

  /** Links the containers that are new, relabelled or touched by a change of the catalog. */
  async linkStale(signal: AbortSignal): Promise<number> {
    const { knex } = this.#options;
    if (
      !(await knex('cost_containers').where('link_stale', true).first('id'))
    ) {
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
    const { entities, rules, ownerLabels } = this.#options;
    const linkable = await entities.listLinkable(tx);
    return {
      generation,
      ids: new Map(linkable.map(each => [each.entityRef, each.id])),
      linker: createLinker(linkable, rules, { ownerLabels }),
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
async function linkBatch(
  tx: Knex,
  { ids, linker }: LinkingCatalog,
): Promise<number> {
  const claimed = await claim(tx);
  const links = claimed.flatMap(container => {
    const link = linker(toIdentity(container), container.cluster);
    const entityId = link && ids.get(link.entityRef);
    return link && entityId !== undefined
      ? [{ ...link, container: container.id, entityId }]
      : [];
  });
  await write(tx, claimed, links);
  return claimed.length;
}

/** Takes a batch of stale containers; one that is relabelled meanwhile waits, and is stale again. */
async function claim(tx: Knex): Promise<StaleContainer[]> {
  const { rows } = await tx.raw(
    `UPDATE cost_containers c SET link_stale = false FROM cost_clusters k
     WHERE k.id = c.cluster_id AND c.id IN (
       SELECT id FROM cost_containers WHERE link_stale ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED)
     RETURNING c.id, k.name AS cluster, c.namespace, c.workload_kind, c.workload, c.container,
       c.labels, c.labels_sanitized`,
    [BATCH],
  );
  return rows;
}

async function write(
  tx: Knex,
  batch: StaleContainer[],
  links: Array<{
    container: number;
    entityId: number;
    provenance: string;
    detail: string;
  }>,
): Promise<void> {
  const linked = integerArray(links.map(({ container }) => container));
  // A service that left the catalog keeps what it cost, unless someone else claims it.
  await tx.raw(
    `DELETE FROM cost_links l USING cost_entities e
     WHERE l.container_id = ANY (?::integer[]) AND NOT (l.container_id = ANY (?::integer[]))
       AND e.id = l.entity_id AND e.vanished_at IS NULL`,
    [integerArray(batch.map(({ id }) => id)), linked],
  );
  await tx.raw(
    `INSERT INTO cost_links (container_id, entity_id, provenance, detail)
     SELECT * FROM unnest(?::integer[], ?::integer[], ?::text[], ?::text[])
     ON CONFLICT (container_id) DO UPDATE SET
       entity_id = excluded.entity_id, provenance = excluded.provenance, detail = excluded.detail`,
    [
      linked,
      integerArray(links.map(({ entityId }) => entityId)),
      textArray(links.map(({ provenance }) => provenance)),
      textArray(links.map(({ detail }) => detail)),
    ],
  );
}

function toIdentity(container: StaleContainer): WorkloadIdentity {
  return {
    namespace: container.namespace,
    workloadKind: container.workload_kind,
    workload: container.workload,
    container: container.container,
    labels: container.labels,
    labelsSanitized: container.labels_sanitized,
  };
}
