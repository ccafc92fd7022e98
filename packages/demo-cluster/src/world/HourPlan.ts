import { workloadId } from './objectIds';
import { PodWish } from './wishes';

/** Whose beginning or end an event is. */
export interface PlannedPod {
  type: 'begin' | 'leave';
  wish: PodWish;
}

/** Something that happens in an hour, in seconds since the start of the world. */
export interface PlannedEvent {
  at: number;
  act: () => void;
  pod?: PlannedPod;
}

/** What is to happen in an hour, in the order of time; at one instant in the order it was planned. */
export class HourPlan {
  #events: Array<PlannedEvent & { order: number }> = [];
  #sorted = false;
  #done = 0;
  #planned = 0;

  add(at: number, act: () => void, pod?: PlannedPod): void {
    this.#planned += 1;
    this.#insert(at, this.#planned, act, pod);
  }

  /** Plans something before all else that happens at its instant. */
  addFirst(at: number, act: () => void): void {
    this.#insert(at, 0, act);
  }

  /** Takes the next event. */
  next(): PlannedEvent | undefined {
    if (!this.#sorted) {
      const rest = this.#events.slice(this.#done);
      this.#events = rest.sort((a, b) => a.at - b.at || a.order - b.order);
      this.#done = 0;
      this.#sorted = true;
    }
    const event = this.#events[this.#done];
    this.#done += 1;
    return event;
  }

  /** Takes back what is yet to happen to the pods of a workload. */
  cancel(workload: string): PlannedEvent[] {
    const isMeant = ({ pod }: PlannedEvent) =>
      pod !== undefined && workloadId(pod.wish.spec) === workload;
    const rest = this.#events.slice(this.#done);
    this.#events = rest.filter(event => !isMeant(event));
    this.#done = 0;
    return rest.filter(isMeant);
  }

  #insert(at: number, order: number, act: () => void, pod?: PlannedPod): void {
    this.#events.push({ at, order, act, pod });
    this.#sorted = false;
  }
}
