import { Fleet } from './Fleet';
import { resizedContainers } from './interventions/applyEntry';
import { ContainerPatch, ObjectRef } from './interventions/Intervention';
import { InterventionLog } from './interventions/InterventionLog';
import { WorkloadHistory } from './interventions/WorkloadHistory';
import { HourLives } from './lives';
import { HourPlan } from './HourPlan';
import { workloadId } from './objectIds';
import { AGAIN_SECONDS, Placement } from './Placement';
import { PodFactory } from './PodFactory';
import { uniform } from './random';
import { replan, ROLLOUT_SECONDS } from './replan';
import { Running } from './rooms';
import { HOUR_SECONDS } from './time';
import { ClusterSpec, WorkloadSpec } from './types';
import { PodWish, Wishes } from './wishes';

/** Chance of a spot node to be taken away in an hour. */
const INTERRUPTION_CHANCE = 0.004;

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
  readonly #placement: Placement;
  #hour = 0;
  #plan = new HourPlan();

  static create(options: SchedulerOptions): Scheduler {
    const { cluster, wishes, seed, startHour } = options;
    const pods = new PodFactory(wishes, seed, startHour);
    const fleet = new Fleet(cluster, pods, seed);
    return new Scheduler(options, new Placement(pods, fleet));
  }

  private constructor(options: SchedulerOptions, placement: Placement) {
    this.#options = options;
    this.#placement = placement;
  }

  /** The hour it will live through next. */
  get hour(): number {
    return this.#hour;
  }

  get #fleet(): Fleet {
    return this.#placement.fleet;
  }

  get #wishes(): Wishes {
    return this.#options.wishes;
  }

  /** A scheduler at the same hour that goes its own way from here on. */
  copy(): Scheduler {
    const copy = new Scheduler(this.#options, this.#placement.copy());
    copy.#hour = this.#hour;
    return copy;
  }

  /** Lives through the next hour. */
  next(): HourLives {
    const { history } = this.#options;
    const hour = this.#hour;
    const start = hour * HOUR_SECONDS;
    const workloads = history.atStartOf(hour);
    this.#placement.beginHour(start);
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
    return this.#placement.lives();
  }

  #planHour(workloads: WorkloadSpec[]): void {
    const hour = this.#hour;
    const start = hour * HOUR_SECONDS;
    const wanted = new Set<string>();
    for (const spec of workloads) {
      for (const wish of this.#wishes.at(spec, hour)) {
        wanted.add(wish.key);
        if (!this.#placement.has(wish.key)) {
          // The world starts with everything in place.
          const at = hour === 0 ? start : start + wish.from;
          this.#planBegin(wish, at);
        }
      }
    }
    for (const running of this.#placement.running()) {
      const { until } = running.life;
      if (until !== Infinity) {
        if (until < start + HOUR_SECONDS) {
          this.#planLeave(running, until);
        }
      } else if (!wanted.has(running.wish.key)) {
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
        this.#plan.add(at, () => this.#placement.interrupt(room, at));
      }
    }
  }

  #planBegin(wish: PodWish, at: number): void {
    const atOnce = this.#hour === 0 && at === 0;
    this.#plan.add(at, () => this.#placement.begin(wish, at, atOnce), {
      type: 'begin',
      wish,
    });
  }

  #planLeave(running: Running, at: number): void {
    this.#plan.add(at, () => this.#placement.finish(running, at), {
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
      this.#placement.pods.needsOf(wish).gpuDevices > 0 ||
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
          this.#placement.interrupt(room, at);
        }
      } else if (patch.deleted && object.kind === 'Pod') {
        this.#deletePod(object.namespace ?? '', object.name, at);
      } else if (patch.containers && object.kind === 'Pod') {
        this.#resizePod(object, patch.containers, at);
      }
    }
  }

  #resizePod(
    { namespace, name }: ObjectRef,
    patch: Record<string, ContainerPatch>,
    at: number,
  ): void {
    const running = this.#placement
      .running()
      .find(
        ({ life }) => life.name === name && life.spec.namespace === namespace,
      );
    if (running) {
      const containers = resizedContainers(running.life, at, patch);
      this.#placement.resize(running, containers, at);
    }
  }

  #replan(id: string, spec: WorkloadSpec | undefined, at: number): void {
    const hourEnd = (this.#hour + 1) * HOUR_SECONDS;
    const wishes = spec ? this.#wishes.at(spec, this.#hour) : [];
    const mine = this.#placement
      .running()
      .filter(({ wish }) => workloadId(wish.spec) === id);
    const { begins, keeps, ends } = replan({
      at,
      hourStart: this.#hour * HOUR_SECONDS,
      gone: spec === undefined,
      wishes,
      running: mine,
      planned: this.#plan.cancel(id),
      endsFirst: wish => this.#endsFirst(wish),
    });
    this.#placement.rename(keeps);
    for (const { running, at: leavesAt } of ends) {
      if (leavesAt <= at) {
        this.#placement.end(running, at, true);
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
      this.#placement.end(running, at, true);
    });
    this.#placement.beginAgain(evicted, at);
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
        this.#placement.end(pod, at, true);
        this.#placement.beginAgain([pod], at);
        return;
      }
    }
  }
}
