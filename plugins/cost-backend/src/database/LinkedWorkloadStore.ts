import { NotAllowedError } from '@backstage/errors';
import { LinkedWorkload } from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { Scope } from './scope';

/** The workload that a page begins after. */
export type LinkCursor = [
  cluster: string,
  namespace: string,
  kind: string,
  name: string,
];

/** Which workload is which service's, for who may see everything. */
export class LinkedWorkloadStore {
  readonly #knex: Knex;

  /** @throws NotAllowedError unless the scope is everything. */
  static create({ knex, scope }: { knex: Knex; scope: Scope }) {
    if (!scope.isEverything) {
      throw new NotAllowedError(
        'You need the permission cost.read for every service to see which workloads are whose',
      );
    }
    return new LinkedWorkloadStore(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * Links of workloads in order of their names. One whose containers are several
   * services' is nobody's here.
   */
  async page(
    after: LinkCursor | undefined,
    limit: number,
  ): Promise<LinkedWorkload[]> {
    const { rows } = await this.#knex.raw(
      `SELECT k.name AS cluster, c.namespace, c.workload_kind AS kind, c.workload AS name,
         min(e.entity_ref) AS "entityRef", min(l.provenance) AS provenance
       FROM cost_links l JOIN cost_entities e ON e.id = l.entity_id AND e.vanished_at IS NULL
       JOIN cost_containers c ON c.id = l.container_id AND c.bucket = 'workload'
       JOIN cost_clusters k ON k.id = c.cluster_id
       WHERE ${
         after
           ? '(k.name, c.namespace, c.workload_kind, c.workload) > (?, ?, ?, ?)'
           : 'true'
       }
       GROUP BY 1, 2, 3, 4 HAVING count(DISTINCT l.entity_id) = 1
       ORDER BY 1, 2, 3, 4 LIMIT ?`,
      [...(after ?? []), limit],
    );
    return rows;
  }
}
