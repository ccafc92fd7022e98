import { ResourceMicros } from '../resources/resources';

/** How shared cost is spread over those who remain. @public */
export type ShareSplit = 'weighted' | 'even';

/**
 * - `tenant`: pays for itself and carries a part of what is shared
 * - `shared`: what it costs, and the idle it brings along, goes to the tenants
 * - `idle`: capacity paid and given to nobody
 */
export type ShareRole = 'tenant' | 'shared' | 'idle';

/** One part of a cluster's cost, which is to be shared. */
export interface PartToShare {
  role: ShareRole;
  cost: ResourceMicros;
  /** What counts as one when sharing evenly. */
  group: string;
}

/** A credit makes a cost negative; it carries nothing. */
export function weightOf(amount: bigint): bigint {
  return amount > 0n ? amount : 0n;
}
