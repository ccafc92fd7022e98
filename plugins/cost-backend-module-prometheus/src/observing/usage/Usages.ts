import { SLOTS_PER_HOUR } from '@headroom/plugin-cost-common';
import { HOUR_SECONDS } from '../../reading/HourWindow';
import { ContainerIdentity, keyOf } from '../../reading/labels';
import { ContainerUsage, HourUsage } from './ContainerUsage';
import { UsageTable } from './UsageTable';
import { Machine, usageOfRun } from './usageOfRun';

/** What else is known of containers, to judge what cAdvisor says of them. */
export interface ContainerKnowledge {
  /** The machine it runs on. */
  machineOf(identity: ContainerIdentity): Machine;
  /** Whether it started in a slot of the window. */
  startedIn(identity: ContainerIdentity, slot: number): boolean;
  /** Seconds of an hour it ran, where that is less than the hour. */
  ranSeconds(identity: ContainerIdentity, hour: number): number | undefined;
}

/** An hour that was seen but for this much of it was seen. */
const WHOLE_WITHIN = 60;

/** Usage of containers, each put together when it is first asked for. */
export class Usages {
  readonly #table: UsageTable;
  readonly #knowledge: ContainerKnowledge;
  readonly #containers = new Map<string, ContainerUsage | undefined>();
  #scraped: Float64Array | undefined;

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
    return this.#of(identity)?.hour(
      hour,
      this.#knowledge.ranSeconds(identity, hour),
    );
  }

  /** Seconds of an hour in which any container of the pod was seen. */
  secondsOfPod(
    { namespace, pod }: { namespace: string; pod: string },
    hour: number,
  ): number {
    return Math.max(
      0,
      ...this.containersOf(namespace, pod).map(
        container =>
          this.#of({ namespace, pod, container })?.secondsOf(hour) ?? 0,
      ),
    );
  }

  /** Seconds of an hour in which any container was seen: how long cAdvisor was scraped. */
  scrapedSeconds(hour: number): number {
    this.#scraped ??= this.#table.scrapedSlots();
    const first = hour * SLOTS_PER_HOUR;
    const seconds = this.#scraped
      .subarray(first, first + SLOTS_PER_HOUR)
      .reduce((sum, each) => sum + each, 0);
    return seconds >= HOUR_SECONDS - WHOLE_WITHIN ? HOUR_SECONDS : seconds;
  }

  #of(identity: ContainerIdentity): ContainerUsage | undefined {
    const key = keyOf(identity.namespace, identity.pod, identity.container);
    if (!this.#containers.has(key)) {
      const machine = this.#knowledge.machineOf(identity);
      const runs = this.#table.runsOf(identity).map(run =>
        usageOfRun(
          run,
          copy => this.#table.secondsOf(copy),
          machine,
          slot => this.#knowledge.startedIn(identity, slot),
        ),
      );
      this.#containers.set(
        key,
        runs.length > 0 ? ContainerUsage.of(runs) : undefined,
      );
    }
    return this.#containers.get(key);
  }
}
