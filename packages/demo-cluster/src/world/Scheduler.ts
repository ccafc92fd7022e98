import { gpuSlots } from './gpuSlots';
import { HourLives, NodeLife, PodLife } from './lives';
import { podIdentity } from './podIdentity';
import { hashText, mix, uniform } from './random';
import {
  allocatable,
  fits,
  giveBack,
  Needs,
  needsOf,
  Room,
  Running,
  take,
} from './rooms';
import { containersOf } from './releases';
import { HOUR_SECONDS } from './time';
import { ClusterSpec, WorkloadSpec } from './types';
import { PodWish, Wishes } from './wishes';

/** From the order of a node until a pod is bound to it. */
const NODE_START_SECONDS = 75;
/** An empty node is given back after this long. */
const EMPTY_SECONDS = 600;
/** Chance of a spot node to be taken away in an hour. */
const INTERRUPTION_CHANCE = 0.004;
/** Pods of an old release stay until the new ones are ready. */
const ROLLOUT_SECONDS = 90;
/** A pod of a Job runs at least this long. */
const SHORTEST_RUN_SECONDS = 300;

type Event = { at: number; order: number; act: () => void };

/**
 * Places pods on nodes, hour after hour: first fit on the oldest node of the
 * pool, a new node where none has room, and an empty node is given back. A
 * pod never moves; it ends and another begins. The same wishes give the same
 * lives, so any hour can be recomputed by starting over.
 */
export class Scheduler {
  readonly #cluster: ClusterSpec;
  readonly #wishes: Wishes;
  readonly #seed: number;
  readonly #startHour: number;
  readonly #rooms = new Map<string, Room[]>();
  readonly #running = new Map<string, Running>();
  readonly #needs = new WeakMap<WorkloadSpec, Needs>();
  readonly #names = new Set<string>();
  #nodesMade = 0;
  #hourStart = 0;
  #left: { nodes: NodeLife[]; pods: PodLife[] } = { nodes: [], pods: [] };
  #daemons: WorkloadSpec[] = [];

  /** `startHour` is the hour the world starts at, counted from 1970. */
  constructor(
    cluster: ClusterSpec,
    wishes: Wishes,
    seed: number,
    startHour: number,
  ) {
    this.#cluster = cluster;
    this.#startHour = startHour;
    this.#wishes = wishes;
    this.#seed = seed;
    for (const pool of cluster.pools) {
      this.#rooms.set(pool.name, []);
    }
  }

  /** Lives through the next hour. Hours must be asked in order, from 0. */
  next(hour: number, workloads: WorkloadSpec[]): HourLives {
    const start = hour * HOUR_SECONDS;
    this.#hourStart = start;
    this.#left = { nodes: [], pods: [] };
    this.#daemons = workloads.filter(spec => spec.kind === 'DaemonSet');
    this.#keepMinimum(start);

    const events = this.#events(hour, workloads);
    events.sort((a, b) => a.at - b.at || a.order - b.order);
    for (const event of events) {
      this.#giveBackEmpty(event.at);
      event.act();
    }
    this.#giveBackEmpty(start + HOUR_SECONDS);
    return this.#lives();
  }

  #events(hour: number, workloads: WorkloadSpec[]): Event[] {
    const start = hour * HOUR_SECONDS;
    const events: Event[] = [];
    const add = (at: number, act: () => void) =>
      events.push({ at, order: events.length, act });

    const wanted = new Set<string>();
    for (const spec of workloads) {
      for (const wish of this.#wishes.at(spec, hour)) {
        wanted.add(wish.key);
        if (!this.#running.has(wish.key)) {
          // The world starts with everything in place.
          const at = hour === 0 ? start : start + wish.from;
          add(at, () => this.#begin(wish, at, hour === 0));
        }
      }
    }
    for (const [key, running] of this.#running) {
      const { until } = running.life;
      if (until !== Infinity) {
        if (until < start + HOUR_SECONDS) {
          add(until, () => this.#finish(running, until));
        }
      } else if (!wanted.has(key)) {
        const offset = this.#leavingAfter(running.wish, hour);
        const at = start + offset;
        add(at, () => this.#finish(running, at));
      }
    }
    for (const rooms of this.#rooms.values()) {
      for (const room of rooms) {
        if (
          hour > 0 &&
          room.life.pool.capacityType === 'spot' &&
          uniform(room.life.hash, hour) < INTERRUPTION_CHANCE
        ) {
          const at =
            start + Math.floor(uniform(room.life.hash, -hour) * HOUR_SECONDS);
          add(at, () => this.#interrupt(room, at));
        }
      }
    }
    return events;
  }

  /**
   * Seconds into an hour at which a pod that is no longer wanted ends: shortly
   * after its successor has begun, or, where there is no second device to begin
   * on or the successor has the same name, just before.
   */
  #leavingAfter({ spec, ordinal }: PodWish, hour: number): number {
    const successor = this.#wishes.startOffset(spec, hour, ordinal);
    return this.#needsOf(spec).gpuDevices > 0 || spec.kind === 'StatefulSet'
      ? successor - 1
      : successor + ROLLOUT_SECONDS;
  }

  #begin(wish: PodWish, at: number, atOnce = false): void {
    const needs = this.#needsOf(wish.spec);
    const rooms = this.#rooms.get(wish.spec.pool);
    if (!rooms) {
      throw new Error(`No node pool "${wish.spec.pool}"`);
    }
    let room = rooms.find(candidate => fits(candidate, needs));
    let from = at;
    if (!room) {
      room = this.#addNode(wish.spec.pool, at);
      from = atOnce ? at : at + NODE_START_SECONDS;
      if (!fits(room, needs)) {
        throw new Error(`${wish.key} doesn't fit any node of its pool`);
      }
    }
    const slots = take(room, needs);
    room.emptySince = undefined;

    const running: Running = {
      wish,
      life: this.#podLife(wish, room.life, at, from, slots),
    };
    room.pods.add(running);
    this.#running.set(wish.key, running);
  }

  #finish(running: Running, at: number): void {
    // An interruption may have put another pod in its place.
    if (this.#running.get(running.wish.key) === running) {
      this.#end(running, at);
    }
  }

  #end(running: Running, at: number): void {
    const room = this.#rooms
      .get(running.life.node.pool.name)!
      .find(candidate => candidate.life === running.life.node)!;
    running.life.until = Math.max(at, running.life.from);
    this.#left.pods.push(running.life);
    this.#running.delete(running.wish.key);
    room.pods.delete(running);
    giveBack(room, this.#needsOf(running.wish.spec), running.life.gpuSlots);
    if (room.pods.size === 0) {
      // A restarted run may have ended in the hour before, which is settled by now.
      room.emptySince = Math.max(at, this.#hourStart);
    }
  }

  /** A spot node is taken away; its pods begin again elsewhere. */
  #interrupt(room: Room, at: number): void {
    const rooms = this.#rooms.get(room.life.pool.name)!;
    if (!rooms.includes(room)) {
      return;
    }
    const evicted = [...room.pods];
    for (const running of evicted) {
      running.life.evicted = true;
      this.#end(running, at);
    }
    this.#removeNode(room, at);
    for (const running of evicted) {
      this.#begin(running.wish, at + 5);
    }
    this.#keepMinimum(at);
  }

  #keepMinimum(at: number): void {
    for (const pool of this.#cluster.pools) {
      while (this.#rooms.get(pool.name)!.length < pool.minNodes) {
        this.#addNode(pool.name, at);
      }
    }
  }

  #giveBackEmpty(now: number): void {
    for (const rooms of this.#rooms.values()) {
      for (const room of [...rooms]) {
        if (
          room.emptySince !== undefined &&
          room.emptySince + EMPTY_SECONDS <= now &&
          rooms.length > room.life.pool.minNodes
        ) {
          this.#removeNode(room, room.emptySince + EMPTY_SECONDS);
        }
      }
    }
  }

  #addNode(poolName: string, at: number): Room {
    const pool = this.#cluster.pools.find(({ name }) => name === poolName)!;
    const number = this.#nodesMade++;
    const hash = mix(this.#seed, hashText(`node/${number}`));
    const { zones, region } = this.#cluster;
    const zone = hash % zones.length;
    const ip = this.#freeAddress(hash, zone);
    const life: NodeLife = {
      name: `ip-${ip.replaceAll('.', '-')}.${region}.compute.internal`,
      hash,
      pool,
      zone: zones[zone],
      ip,
      from: at,
      until: Infinity,
    };
    const room: Room = {
      life,
      ...allocatable(pool),
      freeGpuSlots: gpuSlots(pool).map((_, index) => index),
      pods: new Set(),
      daemons: [],
    };
    for (const spec of this.#daemons) {
      if (spec.pool === '*' || pool.gpuDevices > 0) {
        const wish = {
          key: `${spec.name}/${life.name}/${at}`,
          spec,
          ordinal: number,
          revision: 0,
          from: 0,
        };
        room.daemons.push(this.#podLife(wish, life, at, at, []));
        take(room, this.#needsOf(spec));
      }
    }
    room.emptySince = at;
    this.#rooms.get(poolName)!.push(room);
    return room;
  }

  #removeNode(room: Room, at: number): void {
    const rooms = this.#rooms.get(room.life.pool.name)!;
    rooms.splice(rooms.indexOf(room), 1);
    room.life.until = at;
    this.#left.nodes.push(room.life);
    for (const daemon of room.daemons) {
      daemon.until = at;
      this.#left.pods.push(daemon);
    }
    this.#names.delete(room.life.name);
  }

  /** An address in the subnet of the zone that no living node has. */
  #freeAddress(hash: number, zone: number): string {
    for (let attempt = 0; ; attempt++) {
      const draw = mix(hash, attempt);
      const third = 32 * zone + ((draw >>> 8) % 32);
      const ip = `10.0.${third}.${4 + (draw % 250)}`;
      const name = `ip-${ip.replaceAll('.', '-')}.${
        this.#cluster.region
      }.compute.internal`;
      if (!this.#names.has(name)) {
        this.#names.add(name);
        return ip;
      }
    }
  }

  #podLife(
    wish: PodWish,
    node: NodeLife,
    created: number,
    from: number,
    slots: readonly number[],
  ): PodLife {
    const { spec, ordinal, revision, runHour } = wish;
    const hash = mix(this.#seed, hashText(`${wish.key}@${created}`));
    const { name, labels } = podIdentity(
      this.#wishes,
      wish,
      hash,
      this.#startHour,
    );
    return {
      name,
      hash,
      spec,
      containers: containersOf(spec, revision),
      labels: { ...spec.labels, ...labels },
      ordinal,
      revision,
      runHour,
      node,
      gpuSlots: slots,
      created,
      from,
      // One that begins again after its node was taken away has at least something left to do.
      until:
        wish.until === undefined
          ? Infinity
          : Math.max(wish.until, from + SHORTEST_RUN_SECONDS),
    };
  }

  #needsOf(spec: WorkloadSpec): Needs {
    let needs = this.#needs.get(spec);
    if (!needs) {
      needs = needsOf(spec);
      this.#needs.set(spec, needs);
    }
    return needs;
  }

  #lives(): HourLives {
    const nodes = [...this.#left.nodes];
    const pods = [...this.#left.pods];
    for (const rooms of this.#rooms.values()) {
      for (const room of rooms) {
        nodes.push(room.life);
        pods.push(...room.daemons);
        for (const running of room.pods) {
          pods.push(running.life);
        }
      }
    }
    return { nodes, pods };
  }
}
