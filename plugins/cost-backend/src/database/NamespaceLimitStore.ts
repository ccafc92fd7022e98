import { NamespaceLimit } from '@headroom/common';
import { Knex } from 'knex';
import { slices } from '@headroom/node';

/** LimitRanges and ResourceQuotas of clusters' namespaces, as last read. */
export class NamespaceLimitStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }) {
    return new NamespaceLimitStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Replaces what is known of a cluster; in a transaction of the caller. */
  async replace(
    clusterId: number,
    limits: readonly NamespaceLimit[],
  ): Promise<void> {
    await this.#knex('cost_namespace_limits')
      .where({ cluster_id: clusterId })
      .delete();
    const byNamespace = new Map<string, NamespaceLimit[]>();
    for (const limit of limits) {
      const known = byNamespace.get(limit.namespace);
      if (known) {
        known.push(limit);
      } else {
        byNamespace.set(limit.namespace, [limit]);
      }
    }
    const rows = [...byNamespace].map(([namespace, own]) => ({
      namespace,
      limits: own,
    }));
    for await (const slice of slices(rows, 500)) {
      await this.#knex.raw(
        `INSERT INTO cost_namespace_limits (cluster_id, namespace, limits)
         SELECT ?::integer, r ->> 'namespace', r -> 'limits' FROM jsonb_array_elements(?::jsonb) AS r`,
        [clusterId, JSON.stringify(slice)],
      );
    }
  }
}
