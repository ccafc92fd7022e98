import { Fleet } from './Fleet';
import { HourLives } from './lives';
import { PodFactory } from './PodFactory';
import { fits, giveBack, needsOf, Room, Running, take } from './rooms';
import { ContainerSpec } from './types';
import { PodWish } from './wishes';

/** From the order of a node until a pod is bound to it. */
const NODE_START_SECONDS = 75;
/** From the end of a pod that was evicted until it begins again. */
export const AGAIN_SECONDS = 5;

/** Which pods run on which nodes; instants in seconds since the start of the world. */
export class Placement {
  readonly pods: PodFactory;
  readonly fleet: Fleet;
  readonly #running = new Map<string, Running>();
  /** What happened before it is settled. */
  #settled = 0;

  constructor(pods: PodFactory, fleet: Fleet) {
    this.pods = pods;
    this.fleet = fleet;
  }

  /** A placement that goes its own way from here on. */
  copy(): Placement {
    const copy = new Placement(this.pods, this.fleet.copy());
    const running = new Map(
      copy.fleet
        .all()
        .flatMap(room => [...room.pods])
        .map(each => [each.wish.key, each]),
    );
    // In the same order: what happens at one instant happens in this order.
    for (const key of this.#running.keys()) {
      copy.#running.set(key, running.get(key)!);
    }
    return copy;
  }

  /** An hour begins; who left before is settled. */
  beginHour(start: number): void {
    this.#settled = start;
    this.fleet.left = { nodes: [], pods: [] };
  }

  /** Pods that run, but for those of DaemonSets, in the order they began. */
  running(): Running[] {
    return [...this.#running.values()];
  }

  has(key: string): boolean {
    return this.#running.has(key);
  }

  begin(wish: PodWish, at: number, atOnce = false): void {
    const needs = this.pods.needsOf(wish);
    const { pool } = wish.spec;
    let room = this.fleet.of(pool).find(candidate => fits(candidate, needs));
    // Of what begins again some seconds later, the node may be from then on.
    let from = Math.max(at, room?.life.from ?? at);
    if (!room) {
      room = this.fleet.add(pool, at);
      from = atOnce ? at : at + NODE_START_SECONDS;
      if (!fits(room, needs)) {
        throw new Error(`${wish.key} doesn't fit any node of its pool`);
      }
    }
    const gpuSlots = take(room, needs);
    room.emptySince = undefined;

    const place = { node: room.life, created: at, from, gpuSlots };
    const running: Running = { wish, life: this.pods.make(wish, place) };
    room.pods.add(running);
    this.#running.set(wish.key, running);
  }

  /** Begins pods again that were evicted at an instant. */
  beginAgain(evicted: Running[], at: number): void {
    for (const { wish } of evicted) {
      this.begin(wish, at + AGAIN_SECONDS);
    }
  }

  /** Ends a pod that may have ended before. */
  finish(running: Running, at: number): void {
    // An interruption may have put another pod in its place.
    if (this.#running.get(running.wish.key) === running) {
      this.end(running, at);
    }
  }

  end(running: Running, at: number, evicted?: boolean): void {
    const { life, wish } = running;
    const room = this.fleet.roomOf(running);
    const until = Math.max(at, life.from);
    this.fleet.left.pods.push({ ...life, until, ...(evicted && { evicted }) });
    this.#running.delete(wish.key);
    room.pods.delete(running);
    giveBack(room, this.pods.needsNow(running), life.gpuSlots);
    if (room.pods.size === 0) {
      // A restarted run may have ended in the hour before, which is settled by now.
      room.emptySince = Math.max(at, this.#settled);
    }
  }

  /** A pod gets other requests and limits where it is; not where its node has no room. */
  resize(running: Running, containers: ContainerSpec[], at: number): void {
    const room = this.fleet.roomOf(running);
    const { resizes = [] } = running.life;
    const before = this.pods.needsNow(running);
    const resized = needsOf(containers);
    giveBack(room, { ...before, gpuDevices: 0 }, []);
    const needs = fits(room, { ...resized, gpuDevices: 0 }) ? resized : before;
    take(room, { ...needs, gpuDevices: 0 });
    if (needs === resized) {
      running.resized = resized;
      const all = [...resizes, { at, containers }];
      running.life = { ...running.life, resizes: all };
    }
  }

  /** A node is taken away; its pods begin again elsewhere. */
  interrupt(room: Room, at: number): void {
    if (!this.fleet.of(room.life.pool.name).includes(room)) {
      return;
    }
    const evicted = [...room.pods];
    for (const running of evicted) {
      this.end(running, at, true);
    }
    this.fleet.remove(room, at);
    this.beginAgain(evicted, at);
    this.fleet.keepMinimum(at);
  }

  /** Pods stay, each under another wish. */
  rename(kept: ReadonlyArray<{ running: Running; wish: PodWish }>): void {
    for (const { running, wish } of kept) {
      this.#running.delete(running.wish.key);
      running.wish = wish;
      running.leavesAt = undefined;
    }
    kept.forEach(({ running, wish }) => this.#running.set(wish.key, running));
  }

  /** Who lives, and who has left in the hour. */
  lives(): HourLives {
    const nodes = [...this.fleet.left.nodes];
    const pods = [...this.fleet.left.pods];
    for (const room of this.fleet.all()) {
      nodes.push(room.life);
      pods.push(...room.daemons.map(({ life }) => life));
      pods.push(...[...room.pods].map(({ life }) => life));
    }
    return { nodes, pods };
  }
}
