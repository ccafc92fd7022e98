import { BillDelivery } from '@headroom/plugin-cost-node';
import { StoredDelivery } from '../../database/BillStore';

/** What makes the stored deliveries those that are listed. */
export interface DeliveryPlan<T extends BillDelivery> {
  rename: Array<{ from: string; to: string }>;
  read: T[];
  remove: string[];
  /** Deliveries whose last version could not be read, and which have the one before again. */
  forgive: string[];
}

/**
 * Deliveries with the same version are the same charges, so one of them counts:
 * the one that is stored already, else the first by name. Pure.
 */
export function planDeliveries<T extends BillDelivery>(
  listed: readonly T[],
  stored: readonly StoredDelivery[],
): DeliveryPlan<T> {
  const storedByName = new Map(stored.map(each => [each.name, each]));
  const counted = new Map<string, T>();
  const isStored = ({ name, version }: T) =>
    storedByName.get(name)?.version === version;
  for (const delivery of [...listed].sort(byName)) {
    const first = counted.get(delivery.version);
    if (!first || (isStored(delivery) && !isStored(first))) {
      counted.set(delivery.version, delivery);
    }
  }
  const names = new Set([...counted.values()].map(({ name }) => name));
  const gone = stored.filter(({ name }) => !names.has(name));
  const moved = new Map(
    gone.flatMap(({ name, version }) =>
      version === undefined ? [] : [[version, name] as const],
    ),
  );
  const rename: DeliveryPlan<T>['rename'] = [];
  const read: T[] = [];
  for (const delivery of counted.values()) {
    const { name, version } = delivery;
    const from = moved.get(version);
    const known = storedByName.get(name);
    if (isStored(delivery) || known?.failedVersion === version) {
      continue;
    }
    if (from !== undefined) {
      moved.delete(version);
      rename.push({ from, to: name });
    } else {
      read.push(delivery);
    }
  }
  const renamed = new Set(rename.map(({ from }) => from));
  return {
    rename,
    read,
    remove: gone.map(({ name }) => name).filter(name => !renamed.has(name)),
    forgive: listed
      .filter(isStored)
      .map(({ name }) => name)
      .filter(name => storedByName.get(name)?.failedVersion !== undefined),
  };
}

function byName(a: BillDelivery, b: BillDelivery): number {
  return a.name < b.name ? -1 : 1;
}
