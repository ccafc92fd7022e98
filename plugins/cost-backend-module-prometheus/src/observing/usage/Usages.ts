import { SLOTS_PER_HOUR } from '@headroom/plugin-cost-common';
import { HOUR_SECONDS } from '../../reading/HourWindow';
import { sum } from '../../reading/collections';
import { ContainerIdentity } from '../../reading/labels';
import { Copy } from './Copy';
import {
  HourUsage,
  RunTime,
  secondsOfContainer,
  usageOfContainer,
} from './containerUsage';
import { SeenInHour } from './SeenInHour';
import { RunsOf, UsageTable } from './UsageTable';
import { Machine, RunUsage, usageOfRun } from './usageOfRun';

/** What else is known of containers, to judge what cAdvisor says of them. */
export interface ContainerKnowledge {
  /** The machine it runs on. */
  machineOf(identity: ContainerIdentity): Machine;
  /** Whether it started in a slot of the window. */
  startedIn(identity: ContainerIdentity, slot: number): boolean;
  /** How long it can have run in an hour. */
  runTime(identity: ContainerIdentity, hour: number): RunTime;
}

/** An hour that was seen but for this much of it was seen. */
const WHOLE_WITHIN = 60;

/** Usage of containers, put together when it is asked for. */
export class Usages {
  readonly #table: UsageTable;
  readonly #knowledge: ContainerKnowledge;
  /** Of the hour that was asked for last. */
  #seen: { hour: number; seen: SeenInHour } | undefined;

  static create(table: UsageTable, knowledge: ContainerKnowledge): Usages {
    return new Usages(table, knowledge);
  }

  private constructor(table: UsageTable, knowledge: ContainerKnowledge) {
    this.#table = table;
    this.#knowledge = knowledge;
  }

  containersOf(namespace: string, pod: string): string[] {
    return this.#table.containersOf(namespace, pod);
  }

  pods(): Array<{ namespace: string; pod: string }> {
    return this.#table.pods();
  }

  /** Undefined when nothing was seen of the container in that hour. */
  usage(identity: ContainerIdentity, hour: number): HourUsage | undefined {
    return usageOfContainer(
      this.#runsOf(identity, hour),
      this.#knowledge.runTime(identity, hour),
    );
  }

  /** Seconds of an hour in which any container of the pod was seen. */
  secondsOfPod(
    { namespace, pod }: { namespace: string; pod: string },
    hour: number,
  ): number {
    return Math.max(
      0,
      ...this.containersOf(namespace, pod).map(container =>
        secondsOfContainer(this.#runsOf({ namespace, pod, container }, hour)),
      ),
    );
  }

  /** Seconds of an hour in which any container was seen: how long cAdvisor was scraped. */
  scrapedSeconds(hour: number): number {
    const seconds = sum(this.seenIn(hour).anywhere);
    return seconds >= HOUR_SECONDS - WHOLE_WITHIN ? HOUR_SECONDS : seconds;
  }

  /** When cAdvisor was read in an hour. */
  seenIn(hour: number): SeenInHour {
    if (this.#seen?.hour !== hour) {
      this.#seen = { hour, seen: this.#table.seenIn(hour) };
    }
    return this.#seen.seen;
  }

  #runsOf(identity: ContainerIdentity, hour: number): RunsOf<RunUsage> {
    const machine = this.#knowledge.machineOf(identity);
    const first = hour * SLOTS_PER_HOUR;
    const usageOf = (copies: Copy[]) =>
      usageOfRun(copies, machine, slot =>
        this.#knowledge.startedIn(identity, first + slot),
      );
    const { named, nameless } = this.#table.runsOf(identity, hour);
    return {
      named: named.map(usageOf),
      nameless: nameless && usageOf(nameless),
    };
  }
}
