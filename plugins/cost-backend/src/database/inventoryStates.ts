import { ClusterInventory } from '@headroom/common';
import { EVERYTHING, SqlFragment, toIso } from '@headroom/node';
import { Knex } from 'knex';

/** What is known of a cluster's workloads, and since when it isn't. */
export interface InventoryState {
  cluster: string;
  /** When what is stored was read; undefined = it never was. */
  readAt?: string;
  /** When a reading was last tried. */
  checkedAt: string;
  /** Since when readings fail or can't be believed. */
  staleSince?: string;
  /** Why readings fail or can't be believed, in one sentence. */
  error?: string;
  unreadable: ClusterInventory['unreadable'];
  /** LimitRanges and ResourceQuotas were asked for with it. */
  limitsKnown?: true;
}

/** State of every cluster (`k`) that was ever asked. */
export async function inventoryStates(
  knex: Knex,
  within: SqlFragment = EVERYTHING,
): Promise<InventoryState[]> {
  const { rows } = await knex.raw(
    `SELECT k.name, s.* FROM cost_inventory_state s JOIN cost_clusters k ON k.id = s.cluster_id
     WHERE ${within.sql} ORDER BY k.name`,
    within.bindings,
  );
  return rows.map(toState);
}

function toState(row: {
  name: string;
  read_at: Date | null;
  checked_at: Date;
  stale_since: Date | null;
  error: string | null;
  unreadable: ClusterInventory['unreadable'];
  limits_known: boolean;
}): InventoryState {
  return {
    cluster: row.name,
    readAt: toIso(row.read_at),
    checkedAt: row.checked_at.toISOString(),
    staleSince: toIso(row.stale_since),
    error: row.error ?? undefined,
    unreadable: row.unreadable,
    ...(row.limits_known && { limitsKnown: true }),
  };
}
