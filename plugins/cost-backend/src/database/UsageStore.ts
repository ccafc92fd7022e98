import { Hash } from 'node:crypto';
import { Knex } from 'knex';
import { ContainerIds, containerKey } from './ContainerStore';
import { bytesArray, integerArray, slices, toNumber } from '@headroom/node';

/** What one container of one workload used in one hour. */
export interface UsageRow {
  bucket: 'workload';
  namespace: string;
  workloadKind: string;
  workload: string;
  container: string;
  /** An encoded digest of the hour. */
  data: Uint8Array;
}

/** Adds everything that is stored of an hour's usage to a hash. */
export function hashUsage(
  hash: Hash,
  rows: readonly UsageRow[],
  ids: ContainerIds,
): void {
  for (const { id, row } of inOrder(rows, ids)) {
    hash.update(`${id}:${row.data.length}\n`).update(row.data);
  }
}

/** Digests of containers by hour: what a day's digest is made from. */
export class UsageStore {
  static create() {
    return new UsageStore();
  }

  private constructor() {}

  /** How many containers are stored of an hour. */
  async count(tx: Knex, clusterId: number, hour: Date): Promise<number> {
    const row = await tx('cost_usage_hours')
      .where({ cluster_id: clusterId, hour })
      .count({ count: '*' })
      .first();
    return toNumber(row?.count);
  }

  /**
   * Replaces an hour, inside the caller's transaction.
   *
   * @param options.keepOthers - what is stored of containers that have no row stays
   */
  async replace(
    tx: Knex,
    clusterId: number,
    hour: Date,
    rows: readonly UsageRow[],
    ids: ContainerIds,
    { keepOthers }: { keepOthers: boolean },
  ): Promise<void> {
    const ordered = inOrder(rows, ids);
    const replaced = tx('cost_usage_hours').where({
      cluster_id: clusterId,
      hour,
    });
    await (keepOthers
      ? replaced.whereRaw('container_id = ANY(?::integer[])', [
          integerArray(ordered.map(({ id }) => id)),
        ])
      : replaced
    ).delete();
    for await (const slice of slices(ordered)) {
      await tx.raw(
        `INSERT INTO cost_usage_hours (cluster_id, hour, container_id, data)
         SELECT ?::integer, ?::timestamptz, u.* FROM unnest(?::integer[], ?::bytea[]) AS u`,
        [
          clusterId,
          hour,
          integerArray(slice.map(({ id }) => id)),
          bytesArray(slice.map(({ row }) => row.data)),
        ],
      );
    }
  }
}

function inOrder(rows: readonly UsageRow[], ids: ContainerIds) {
  return rows
    .map(row => ({ row, id: ids.get(containerKey(row)) }))
    .map(({ row, id }) => {
      if (id === undefined) {
        throw new Error(
          `Container ${row.namespace}/${row.workload}/${row.container} was not identified before its usage was stored`,
        );
      }
      return { row, id };
    })
    .sort((a, b) => a.id - b.id);
}
