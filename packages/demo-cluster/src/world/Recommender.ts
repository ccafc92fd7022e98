import { HourLives } from './lives';
import { Loads } from './loads';
import { workloadId } from './objectIds';
import { Restarts } from './Restarts';
import { MIB, WorkloadSpec } from './types';
import { hourUse } from './usage';

/** What VPA's recommender says about one container. */
export interface Recommendation {
  container: string;
  target: Amounts;
  lowerBound: Amounts;
  upperBound: Amounts;
}

interface Amounts {
  cpuCores: number;
  memoryBytes: number;
}

/** What the recommender watches. */
export interface Watched {
  loads: Loads;
  restarts: Restarts;
  /** How often something was done to the world before an hour. */
  doneBefore(hour: number): number;
  livesOf(hour: number): HourLives;
}

/** Days of history it keeps, its half-life and its margin, as upstream has them. */
const DAYS = 8;
const HALF_LIFE_HOURS = 24;
const MARGIN = 1.15;
/** Each bucket of its histograms is this much wider than the one before. */
const GROWTH = 1.05;
const FIRST_BUCKET = { cpu: 0.01, memory: 1e7 };
const FLOOR = { cpuCores: 0.025, memoryBytes: 250 * MIB };

/** Weights by bucket. */
type Histogram = Map<number, number>;

function add(to: Histogram, first: number, value: number, weight: number) {
  const bucket = Math.floor(
    Math.log(1 + (value * (GROWTH - 1)) / first) / Math.log(GROWTH),
  );
  to.set(bucket, (to.get(bucket) ?? 0) + weight);
}

/** The end of the bucket in which a share of the weight is reached. */
function percentile(of: Histogram, first: number, share: number): number {
  const buckets = [...of].sort(([a], [b]) => a - b);
  const total = buckets.reduce((sum, [, weight]) => sum + weight, 0);
  let reached = 0;
  const found = buckets.find(([, weight]) => {
    reached += weight;
    return reached >= share * total;
  });
  const end = (found?.[0] ?? 0) + 1;
  return (first * (GROWTH ** end - 1)) / (GROWTH - 1);
}

interface Histograms {
  cpu: Histogram;
  memory: Histogram;
}

/**
 * Recommends as VPA's recommender does: decaying histograms of CPU samples and
 * of daily memory peaks, the 90th percentile for the target, the 50th and 95th
 * for the bounds, widened while the history is short.
 */
export class Recommender {
  readonly #watched: Watched;
  readonly #known = new Map<
    string,
    { hour: number; interventions: number; said: Recommendation[] }
  >();

  static create(watched: Watched): Recommender {
    return new Recommender(watched);
  }

  private constructor(watched: Watched) {
    this.#watched = watched;
  }

  /** One recommendation for each container that lasts, from the hours before `hour`; none when it hasn't run yet. */
  recommend(spec: WorkloadSpec, hour: number): Recommendation[] {
    const id = workloadId(spec);
    // What is done from the hour on changes nothing of the hours before it.
    const interventions = this.#watched.doneBefore(hour);
    const known = this.#known.get(id);
    if (known?.hour === hour && known.interventions === interventions) {
      return known.said;
    }
    const said = this.#recommend(spec, hour);
    this.#known.set(id, { hour, interventions, said });
    return said;
  }

  #recommend(spec: WorkloadSpec, hour: number): Recommendation[] {
    const first = Math.max(0, hour - 24 * DAYS);
    const confidence = (hour - first) / 24;
    const seen = this.#histograms(spec, first, hour);
    const lasting = spec.containers.filter(({ role }) => role !== 'init');
    return [...seen].map(([container, histograms]) => {
      const at = (share: number, factor: number): Amounts => ({
        cpuCores: Math.max(
          FLOOR.cpuCores / lasting.length,
          factor * percentile(histograms.cpu, FIRST_BUCKET.cpu, share),
        ),
        memoryBytes: Math.round(
          Math.max(
            FLOOR.memoryBytes / lasting.length,
            factor * percentile(histograms.memory, FIRST_BUCKET.memory, share),
          ),
        ),
      });
      return {
        container,
        target: at(0.9, MARGIN),
        lowerBound: at(0.5, MARGIN * (1 + 0.001 / confidence) ** -2),
        upperBound: at(0.95, MARGIN * (1 + 1 / confidence)),
      };
    });
  }

  #histograms(
    spec: WorkloadSpec,
    first: number,
    end: number,
  ): Map<string, Histograms> {
    const found = new Map<string, Histograms>();
    for (let dayEnd = end; dayEnd > first; dayEnd -= 24) {
      const peaks = new Map<string, number>();
      for (let hour = Math.max(first, dayEnd - 24); hour < dayEnd; hour++) {
        this.#addHour(spec, hour, end, found, peaks);
      }
      const weight = 2 ** ((dayEnd - end) / HALF_LIFE_HOURS);
      for (const [key, peak] of peaks) {
        const container = key.slice(key.indexOf('/') + 1);
        const { memory } = found.get(container)!;
        add(memory, FIRST_BUCKET.memory, peak, weight);
      }
    }
    return found;
  }

  /** Adds the CPU samples of an hour, and raises the memory peaks of each pod's containers. */
  #addHour(
    spec: WorkloadSpec,
    hour: number,
    end: number,
    found: Map<string, Histograms>,
    peaks: Map<string, number>,
  ): void {
    const { loads, restarts } = this.#watched;
    const id = workloadId(spec);
    const weight = 2 ** ((hour - end) / HALF_LIFE_HOURS);
    for (const life of this.#watched.livesOf(hour).pods) {
      if (workloadId(life.spec) !== id) {
        continue;
      }
      const load = loads.of(life, hour);
      life.containers.forEach((container, index) => {
        const use = hourUse({ life, index, hour, loads: load, restarts });
        if (!use || container.role === 'init') {
          return;
        }
        const histograms = found.get(container.name) ?? {
          cpu: new Map(),
          memory: new Map(),
        };
        found.set(container.name, histograms);
        for (const cores of use.cpuCores) {
          if (cores !== null) {
            add(histograms.cpu, FIRST_BUCKET.cpu, cores, weight);
          }
        }
        const key = `${life.hash}/${container.name}`;
        const highest = Math.max(
          ...use.memoryPeakBytes.map(bytes => bytes ?? 0),
        );
        peaks.set(key, Math.max(peaks.get(key) ?? 0, highest));
      });
    }
  }
}
