import { WorkloadHistory } from './interventions/WorkloadHistory';
import { HourLives, PodLife } from './lives';
import { workloadId } from './objectIds';
import { HOUR_SECONDS } from './time';
import { WorkloadSpec } from './types';
import { runStart, Wishes } from './wishes';

/** How many runs of a CronJob are kept. */
export const JOBS_HISTORY = 3;
/** A run is over within so many hours. */
const LONGEST_RUN_HOURS = 10;

/** Runs of CronJobs that began, and their pods; moments in seconds since the start of the world. */
export class Runs {
  readonly #history: WorkloadHistory;
  readonly #wishes: Wishes;
  readonly #timeline: { livesOf(hour: number): HourLives };

  constructor(
    history: WorkloadHistory,
    wishes: Wishes,
    timeline: { livesOf(hour: number): HourLives },
  ) {
    this.#history = history;
    this.#wishes = wishes;
    this.#timeline = timeline;
  }

  /** Runs of a CronJob that are listed at a moment, by the hours they were due, latest first. */
  listed(spec: WorkloadSpec, seconds: number): number[] {
    const hour = Math.floor(seconds / HOUR_SECONDS);
    const began = (run: number) => {
      const inForce = this.#history.inForce(spec, runStart(spec, run));
      return inForce !== undefined && !inForce.suspended;
    };
    return this.#wishes
      .lastRunHours(spec, hour, JOBS_HISTORY + 1, began)
      .filter(run => runStart(spec, run) <= seconds)
      .slice(0, JOBS_HISTORY);
  }

  /** Pods of runs of a CronJob that were done by a moment. */
  finishedPods(id: string, runs: number[], seconds: number): PodLife[] {
    const hour = Math.floor(seconds / HOUR_SECONDS);
    return runs.flatMap(run => {
      // What is known of a pod last is true.
      const ofRun = new Map<string, PodLife>();
      const last = Math.min(hour, run + LONGEST_RUN_HOURS);
      for (let each = run; each <= last; each++) {
        for (const pod of this.#timeline.livesOf(each).pods) {
          if (pod.runHour === run && workloadId(pod.spec) === id) {
            ofRun.set(pod.id, pod);
          }
        }
      }
      return [...ofRun.values()].filter(
        pod => pod.until <= seconds && !pod.evicted,
      );
    });
  }
}
