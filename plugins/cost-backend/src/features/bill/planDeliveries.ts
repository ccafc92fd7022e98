import { BillDelivery } from '@headroom/plugin-cost-node';
import { StoredDelivery } from '../../database/BillStore';

/** What makes the stored deliveries those that are listed. */
export interface DeliveryPlan<T extends BillDelivery> {
  /** All at once: some may take the names of others. */
  rename: Array<{ from: string; to: string }>;
  read: T[];
  /** Deliveries that were read in an earlier turn, and don't count yet. */
  waiting: string[];
  /** Deliveries that hold something else than what is read or waits of them. */
  changing: string[];
  /** Deliveries that are listed no more and still count. */
  gone: string[];
  /** Deliveries that are listed no more and hold nothing. */
  drop: string[];
  /** Deliveries whose last version could not be read, and which have the one before again. */
  forgive: string[];
  /** Whether a version that is listed is known to be one that can't be read. */
  hasUnreadable: boolean;
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
  const rename = movesOf([...counted.values()], storedByName);
  const left = new Set(rename.map(({ from }) => from));
  const reached = new Set(rename.map(({ to }) => to));
  const others = [...counted.values()].filter(
    each => !isStored(each) && !reached.has(each.name),
  );
  const knownOf = ({ name }: T) => storedByName.get(name);
  const isUnreadable = (each: T) =>
    knownOf(each)?.failedVersion === each.version;
  const waits = (each: T) => knownOf(each)?.waitingVersion === each.version;
  const wanted = others.filter(each => !isUnreadable(each));
  const names = new Set([...counted.values()].map(({ name }) => name));
  const unlisted = stored.filter(
    ({ name }) => !names.has(name) && !left.has(name),
  );
  return {
    rename,
    read: wanted.filter(each => !waits(each)),
    waiting: wanted.filter(waits).map(({ name }) => name),
    changing: wanted
      .filter(each => knownOf(each)?.version !== undefined)
      .map(({ name }) => name)
      .filter(name => !left.has(name)),
    gone: unlisted
      .filter(({ version }) => version !== undefined)
      .map(({ name }) => name),
    drop: unlisted
      .filter(({ version }) => version === undefined)
      .map(({ name }) => name),
    forgive: listed
      .filter(isStored)
      .map(({ name }) => name)
      .filter(name => storedByName.get(name)?.failedVersion !== undefined),
    hasUnreadable: wanted.length < others.length,
  };
}

/**
 * What lies under another name by now. A name that holds something which lies nowhere
 * else is not taken: it is read, so that what it holds counts until then.
 */
function movesOf<T extends BillDelivery>(
  counted: readonly T[],
  storedByName: ReadonlyMap<string, StoredDelivery>,
): Array<{ from: string; to: string }> {
  const versionOf = (name: string) => storedByName.get(name)?.version;
  const inPlace = new Set(
    counted
      .filter(({ name, version }) => versionOf(name) === version)
      .map(({ name }) => name),
  );
  const movable = new Map(
    [...storedByName.values()].flatMap(({ name, version }) =>
      version === undefined || inPlace.has(name)
        ? []
        : [[version, name] as const],
    ),
  );
  let moves = counted.flatMap(({ name, version }) => {
    const from = movable.get(version);
    return from === undefined ? [] : [{ from, to: name }];
  });
  for (;;) {
    const left = new Set(moves.map(({ from }) => from));
    const safe = moves.filter(
      ({ to }) => versionOf(to) === undefined || left.has(to),
    );
    if (safe.length === moves.length) {
      return safe;
    }
    moves = safe;
  }
}

function byName(a: BillDelivery, b: BillDelivery): number {
  return a.name < b.name ? -1 : 1;
}
