import { Fleet } from './Fleet';
import { InterventionLog } from './interventions/InterventionLog';
import { WorkloadHistory } from './interventions/WorkloadHistory';
import { HourLives } from './lives';
import { HourPlan } from './HourPlan';
import { workloadId } from './objectIds';
import { PodFactory } from './PodFactory';
import { uniform } from './random';
import { replan, ROLLOUT_SECONDS } from './replan';
import { fits, giveBack, Room, Running, take } from './rooms';
import { HOUR_SECONDS } from './time';
import { ClusterSpec, WorkloadSpec } from './types';
import { PodWish, Wishes } from './wishes';

/** From the order of a node until a pod is bound to it. */
const NODE_START_SECONDS = 75;
/** Chance of a spot node to be taken away in an hour. */
const INTERRUPTION_CHANCE = 0.004;
/** From the end of a pod that was evicted until it begins again. */
const AGAIN_SECONDS = 5;

/** What a scheduler works from. */
export interface SchedulerOptions {
  cluster: ClusterSpec;
  wishes: Wishes;
  history: WorkloadHistory;
  log: InterventionLog;
  seed: number;
  /** The hour the world starts at, counted from 1970. */
  startHour: number;
}

/**
 * Places pods on nodes, hour after hour: first fit on the oldest node of the
 * pool, a new node where none has room, and an empty node is given back. A
 * pod never moves; it ends and another begins. The same wishes give the same
 * lives, so any hour can be recomputed by starting over. What is done to the
 * world takes effect at its second: the rest of the hour is planned anew for
 * whom it concerns.
 */
export class Scheduler {
  readonly #options: SchedulerOptions;
  readonly #pods: PodFactory;
  readonly #fleet: Fleet;
  readonly #running = new Map<string, Running>();
  #hour = 0;
  #plan = new HourPlan();

  static create(options: SchedulerOptions): Scheduler {
    const { cluster, wishes, seed, startHour } = options;
    const pods = new PodFactory(wishes, seed, startHour);
    return new Scheduler(options, pods, new Fleet(cluster, pods, seed));
  }

  private constructor(
    options: SchedulerOptions,
    pods: PodFactory,
    fleet: Fleet,
  ) {
    this.#options = options;
    this.#pods = pods;
    this.#fleet = fleet;
  }

  /** The hour it will live through next. */
  get hour(): number {
    return this.#hour;
  }

  get #wishes(): Wishes {
    return this.#options.wishes;
  }

  /** A scheduler at the same hour that goes its own way from here on. */
  copy(): Scheduler {
    const copy = new Scheduler(this.#options, this.#pods, this.#fleet.copy());
    copy.#hour = this.#hour;
    const running = new Map(
      copy.#fleet
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

  /** Lives through the next hour. */
  next(): HourLives {
    const { history } = this.#options;
    const hour = this.#hour;
    const start = hour * HOUR_SECONDS;
    const workloads = history.atStartOf(hour);
    this.#fleet.left = { nodes: [], pods: [] };
    this.#fleet.daemons = workloads.filter(spec => spec.kind === 'DaemonSet');
    this.#fleet.keepMinimum(start);

    this.#plan = new HourPlan();
    for (const at of history.momentsIn(hour)) {
      this.#plan.addFirst(at, () => this.#intervene(at));
    }
    this.#planHour(workloads);
    for (let event = this.#plan.next(); event; event = this.#plan.next()) {
      this.#fleet.giveBackEmpty(event.at);
      event.act();
    }
    this.#fleet.giveBackEmpty(start + HOUR_SECONDS);
    this.#hour += 1;
    return this.#lives();
  }

  #planHour(workloads: WorkloadSpec[]): void {
    const hour = this.#hour;
    const start = hour * HOUR_SECONDS;
    const wanted = new Set<string>();
    for (const spec of workloads) {
      for (const wish of this.#wishes.at(spec, hour)) {
        wanted.add(wish.key);
        if (!this.#running.has(wish.key)) {
          // The world starts with everything in place.
          const at = hour === 0 ? start : start + wish.from;
          this.#planBegin(wish, at);
        }
      }
    }
    for (const [key, running] of this.#running) {
      const { until } = running.life;
      if (until !== Infinity) {
        if (until < start + HOUR_SECONDS) {
          this.#planLeave(running, until);
        }
      } else if (!wanted.has(key)) {
        const leavesAt = start + this.#leavingAfter(running.wish, hour);
        this.#planLeave(running, running.leavesAt ?? leavesAt);
      }
    }
    for (const room of this.#fleet.all()) {
      if (
        hour > 0 &&
        room.life.pool.capacityType === 'spot' &&
        uniform(room.life.hash, hour) < INTERRUPTION_CHANCE
      ) {
        const at =
          start + Math.floor(uniform(room.life.hash, -hour) * HOUR_SECONDS);
        this.#plan.add(at, () => this.#interrupt(room, at));
      }
    }
  }

  #planBegin(wish: PodWish, at: number): void {
    const atOnce = this.#hour === 0 && at === 0;
    this.#plan.add(at, () => this.#begin(wish, at, atOnce), {
      type: 'begin',
      wish,
    });
  }

  #planLeave(running: Running, at: number): void {
    this.#plan.add(at, () => this.#finish(running, at), {
      type: 'leave',
      wish: running.wish,
    });
  }

  /**
   * Seconds into an hour at which a pod that is no longer wanted ends: shortly
   * after its successor has begun, or, where there is no second device to begin
   * on or the successor has the same name, just before.
   */
  #leavingAfter(wish: PodWish, hour: number): number {
    const { spec, ordinal } = wish;
    const successor = this.#wishes.startOffset(spec, hour, ordinal);
    return this.#endsFirst(wish) ? successor - 1 : successor + ROLLOUT_SECONDS;
  }

  #endsFirst(wish: PodWish): boolean {
    return (
      this.#pods.needsOf(wish).gpuDevices > 0 ||
      wish.spec.kind === 'StatefulSet'
    );
  }

  /** What was done at a moment takes effect. */
  #intervene(at: number): void {
    const { history, log } = this.#options;
    for (const { id, before, spec } of history.changesAt(at)) {
      if (before.kind === 'DaemonSet') {
        this.#renewDaemon(id, before, spec, at);
      } else {
        this.#replan(id, spec, at);
      }
    }
    for (const { object, patch } of log.between(at, at + 1)) {
      if (patch.deleted && object.kind === 'Node') {
        const rooms = this.#fleet.all();
        const room = rooms.find(({ life }) => life.name === object.name);
        if (room) {
          this.#interrupt(room, at);
        }
      } else if (patch.deleted && object.kind === 'Pod') {
        this.#deletePod(object.namespace ?? '', object.name, at);
      }
    }
  }

  #replan(id: string, spec: WorkloadSpec | undefined, at: number): void {
    const hourEnd = (this.#hour + 1) * HOUR_SECONDS;
    const wishes = spec ? this.#wishes.at(spec, this.#hour) : [];
    const mine = [...this.#running.values()].filter(
      ({ wish }) => workloadId(wish.spec) === id,
    );
    const { begins, keeps, ends } = replan({
      at,
      hourStart: this.#hour * HOUR_SECONDS,
      gone: spec === undefined,
      wishes,
      running: mine,
      planned: this.#plan.cancel(id),
      endsFirst: wish => this.#endsFirst(wish),
    });
    for (const { running, wish } of keeps) {
      this.#running.delete(running.wish.key);
      running.wish = wish;
      running.leavesAt = undefined;
    }
    keeps.forEach(({ running, wish }) => this.#running.set(wish.key, running));
    for (const { running, at: leavesAt } of ends) {
      if (leavesAt <= at) {
        this.#end(running, at, true);
      } else if (leavesAt < hourEnd) {
        this.#planLeave(running, leavesAt);
      } else {
        running.leavesAt = leavesAt;
      }
    }
    begins.forEach(begin => this.#planBegin(begin.wish, begin.at));
  }

  #renewDaemon(
    id: string,
    before: WorkloadSpec,
    spec: WorkloadSpec | undefined,
    at: number,
  ): void {
    if (spec && spec.edit === before.edit) {
      this.#fleet.daemons = this.#fleet.daemons.map(each =>
        workloadId(each) === id ? spec : each,
      );
      return;
    }
    const evicted: Running[] = [];
    this.#fleet.renewDaemon(id, spec, at, running => {
      evicted.push(running);
      this.#end(running, at, true);
    });
    this.#beginAgain(evicted, at);
  }

  #deletePod(namespace: string, name: string, at: number): void {
    const isMeant = ({ life }: Running) =>
      life.name === name && life.spec.namespace === namespace;
    for (const room of this.#fleet.all()) {
      const daemon = room.daemons.find(isMeant);
      if (daemon) {
        const { spec } = daemon.life;
        const inForce = this.#fleet.daemons.find(
          each => workloadId(each) === workloadId(spec),
        );
        this.#fleet.renewDaemonPod({
          room,
          running: daemon,
          spec: inForce,
          at,
          again: at + AGAIN_SECONDS,
          evict: () => {},
        });
        return;
      }
      const pod = [...room.pods].find(isMeant);
      if (pod) {
        this.#end(pod, at, true);
        this.#beginAgain([pod], at);
        return;
      }
    }
  }

  #begin(wish: PodWish, at: number, atOnce = false): void {
    const needs = this.#pods.needsOf(wish);
    const { pool } = wish.spec;
    let room = this.#fleet.of(pool).find(candidate => fits(candidate, needs));
    let from = at;
    if (!room) {
      room = this.#fleet.add(pool, at);
      from = atOnce ? at : at + NODE_START_SECONDS;
      if (!fits(room, needs)) {
        throw new Error(`${wish.key} doesn't fit any node of its pool`);
      }
    }
    const gpuSlots = take(room, needs);
    room.emptySince = undefined;

    const place = { node: room.life, created: at, from, gpuSlots };
    const running: Running = { wish, life: this.#pods.make(wish, place) };
    room.pods.add(running);
    this.#running.set(wish.key, running);
  }

  #beginAgain(evicted: Running[], at: number): void {
    for (const { wish } of evicted) {
      this.#begin(wish, at + AGAIN_SECONDS);
    }
  }

  #finish(running: Running, at: number): void {
    // An interruption may have put another pod in its place.
    if (this.#running.get(running.wish.key) === running) {
      this.#end(running, at);
    }
  }

  #end(running: Running, at: number, evicted?: boolean): void {
    const { life, wish } = running;
    const room = this.#fleet.roomOf(running);
    const until = Math.max(at, life.from);
    this.#fleet.left.pods.push({ ...life, until, ...(evicted && { evicted }) });
    this.#running.delete(wish.key);
    room.pods.delete(running);
    giveBack(room, this.#pods.needsOf(wish), life.gpuSlots);
    if (room.pods.size === 0) {
      // A restarted run may have ended in the hour before, which is settled by now.
      room.emptySince = Math.max(at, this.#hour * HOUR_SECONDS);
    }
  }

  /** A node is taken away; its pods begin again elsewhere. */
  #interrupt(room: Room, at: number): void {
    if (!this.#fleet.of(room.life.pool.name).includes(room)) {
      return;
    }
    const evicted = [...room.pods];
    for (const running of evicted) {
      this.#end(running, at, true);
    }
    this.#fleet.remove(room, at);
    this.#beginAgain(evicted, at);
    this.#fleet.keepMinimum(at);
  }

  #lives(): HourLives {
    const nodes = [...this.#fleet.left.nodes];
    const pods = [...this.#fleet.left.pods];
    for (const room of this.#fleet.all()) {
      nodes.push(room.life);
      pods.push(...room.daemons.map(({ life }) => life));
      pods.push(...[...room.pods].map(({ life }) => life));
    }
    return { nodes, pods };
  }
}
