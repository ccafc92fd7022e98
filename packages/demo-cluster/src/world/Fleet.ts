import { NodeLife, PodLife } from './lives';
import { PodFactory } from './PodFactory';
import { workloadId } from './objectIds';
import { hashText, mix } from './random';
import {
  copyOf,
  emptyRoom,
  fits,
  giveBack,
  Room,
  Running,
  runsOn,
  take,
} from './rooms';
import { ClusterSpec, WorkloadSpec } from './types';
import { PodWish } from './wishes';

/** An empty node is given back after this long. */
const EMPTY_SECONDS = 600;

/** The nodes of a cluster, what is free on each, and the pods of DaemonSets that come with them. */
export class Fleet {
  readonly #cluster: ClusterSpec;
  readonly #pods: PodFactory;
  readonly #seed: number;
  readonly #rooms = new Map<string, Room[]>();
  #nodesMade = 0;
  /** DaemonSets as they are in force. */
  daemons: WorkloadSpec[] = [];
  /** Who has left in the hour, in this order. */
  left: { nodes: NodeLife[]; pods: PodLife[] } = { nodes: [], pods: [] };

  constructor(cluster: ClusterSpec, pods: PodFactory, seed: number) {
    this.#cluster = cluster;
    this.#pods = pods;
    this.#seed = seed;
    for (const pool of cluster.pools) {
      this.#rooms.set(pool.name, []);
    }
  }

  /** A fleet that goes its own way from here on. */
  copy(): Fleet {
    const copy = new Fleet(this.#cluster, this.#pods, this.#seed);
    copy.#nodesMade = this.#nodesMade;
    copy.daemons = this.daemons;
    for (const [pool, rooms] of this.#rooms) {
      copy.#rooms.set(pool, rooms.map(copyOf));
    }
    return copy;
  }

  /** Nodes of a pool, oldest first. */
  of(poolName: string): readonly Room[] {
    const rooms = this.#rooms.get(poolName);
    if (!rooms) {
      throw new Error(`No node pool "${poolName}"`);
    }
    return rooms;
  }

  /** Every node. */
  all(): Room[] {
    return [...this.#rooms.values()].flat();
  }

  /** The node that a pod runs on. */
  roomOf({ life }: Running): Room {
    return this.of(life.node.pool.name).find(
      room => room.life.id === life.node.id,
    )!;
  }

  keepMinimum(at: number): void {
    for (const pool of this.#cluster.pools) {
      while (this.of(pool.name).length < pool.minNodes) {
        this.add(pool.name, at);
      }
    }
  }

  giveBackEmpty(now: number): void {
    for (const rooms of this.#rooms.values()) {
      for (const room of [...rooms]) {
        if (
          room.emptySince !== undefined &&
          room.emptySince + EMPTY_SECONDS <= now &&
          rooms.length > room.life.pool.minNodes
        ) {
          this.remove(room, room.emptySince + EMPTY_SECONDS);
        }
      }
    }
  }

  add(poolName: string, at: number): Room {
    const pool = this.#cluster.pools.find(({ name }) => name === poolName)!;
    const ordinal = this.#nodesMade++;
    const hash = mix(this.#seed, hashText(`node/${ordinal}`));
    const { zones } = this.#cluster;
    const zone = hash % zones.length;
    const ip = this.#freeAddress(hash, zone);
    const name = this.#nameOf(ip);
    const life: NodeLife = {
      id: `${name}@${at}`,
      name,
      ordinal,
      hash,
      pool,
      zone: zones[zone],
      ip,
      from: at,
      until: Infinity,
    };
    const room = emptyRoom(life);
    for (const spec of this.daemons) {
      if (runsOn(spec, pool)) {
        this.#addDaemon(room, spec, at);
      }
    }
    room.emptySince = at;
    this.#rooms.get(poolName)!.push(room);
    return room;
  }

  remove(room: Room, at: number): void {
    const rooms = this.#rooms.get(room.life.pool.name)!;
    rooms.splice(rooms.indexOf(room), 1);
    this.left.nodes.push({ ...room.life, until: at });
    for (const { life } of room.daemons) {
      this.left.pods.push({ ...life, until: at });
    }
  }

  /**
   * Takes a DaemonSet from every node, and puts it there anew when it is still
   * wanted. Pods that are in its way are evicted.
   */
  renewDaemon(
    id: string,
    spec: WorkloadSpec | undefined,
    at: number,
    evict: (running: Running) => void,
  ): void {
    this.daemons = this.daemons.flatMap(each =>
      workloadId(each) === id ? spec ?? [] : each,
    );
    for (const room of this.all()) {
      for (const running of room.daemons) {
        if (workloadId(running.life.spec) === id) {
          this.renewDaemonPod({ room, running, spec, at, again: at, evict });
        }
      }
    }
  }

  /** Ends one pod of a DaemonSet, and begins another when it is still wanted. */
  renewDaemonPod(options: {
    room: Room;
    running: Running;
    spec: WorkloadSpec | undefined;
    at: number;
    /** When the other begins. */
    again: number;
    evict: (running: Running) => void;
  }): void {
    const { room, running, spec, at, again, evict } = options;
    room.daemons = room.daemons.filter(each => each !== running);
    giveBack(room, this.#pods.needsNow(running), []);
    this.left.pods.push({ ...running.life, until: at });
    if (!spec) {
      return;
    }
    const revision = spec.edit?.count ?? 0;
    const needs = this.#pods.needsOf({ ...running.wish, spec, revision });
    // It goes before the others; those that came last make way.
    const others = [...room.pods].reverse();
    for (const other of others) {
      if (fits(room, needs)) {
        break;
      }
      evict(other);
    }
    this.#addDaemon(room, spec, again);
  }

  #addDaemon(room: Room, spec: WorkloadSpec, at: number): void {
    const { life: node } = room;
    const wish: PodWish = {
      key: `${spec.name}/${node.name}/${at}`,
      spec,
      ordinal: node.ordinal,
      revision: spec.edit?.count ?? 0,
      from: 0,
    };
    const life = this.#pods.make(wish, { node, created: at, from: at });
    room.daemons.push({ life, wish });
    take(room, this.#pods.needsOf(wish));
  }

  /** An address in the subnet of the zone that no living node has. */
  #freeAddress(hash: number, zone: number): string {
    const taken = new Set(this.all().map(({ life }) => life.ip));
    for (let attempt = 0; ; attempt++) {
      const draw = mix(hash, attempt);
      const third = 32 * zone + ((draw >>> 8) % 32);
      const ip = `10.0.${third}.${4 + (draw % 250)}`;
      if (!taken.has(ip)) {
        return ip;
      }
    }
  }

  #nameOf(ip: string): string {
    return `ip-${ip.replaceAll('.', '-')}.${
      this.#cluster.region
    }.compute.internal`;
  }
}
