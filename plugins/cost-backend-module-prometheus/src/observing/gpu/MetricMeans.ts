import { DeviceScrapes, ScrapedSeries, seriesKey } from './DeviceScrapes';

/** Values of one device that several pods report differ by less than this share. */
const SAME = 1e-6;

interface SeriesMeans extends ScrapedSeries {
  /** Mean ratio in each slot; NaN = none. */
  means: Float64Array;
}

interface JobMeans {
  scrapes: DeviceScrapes;
  series: Map<string, SeriesMeans>;
}

/** Value of one metric of one device by slot, out of the series that report it. */
export class MetricMeans {
  readonly #slots: number;
  readonly #jobs = new Map<string, JobMeans>();

  static create(slots: number): MetricMeans {
    return new MetricMeans(slots);
  }

  private constructor(slots: number) {
    this.#slots = slots;
  }

  /** @param scrapes - of the same job */
  add(
    job: string,
    scrapes: DeviceScrapes,
    series: ScrapedSeries,
    slot: number,
    ratio: number,
  ): void {
    const ofJob: JobMeans = this.#jobs.get(job) ?? {
      scrapes,
      series: new Map(),
    };
    this.#jobs.set(job, ofJob);
    const key = seriesKey(series);
    let entry = ofJob.series.get(key);
    if (!entry) {
      const means = new Float64Array(this.#slots).fill(NaN);
      entry = { ...series, means };
      ofJob.series.set(key, entry);
    }
    // Labels that aren't asked for may differ; the higher is the one in use.
    entry.means[slot] = entry.means[slot] > ratio ? entry.means[slot] : ratio;
  }

  /**
   * One value for all who report it; or the sum of what each has, when those
   * who hold the device together say different things; or the mean over time
   * of those who had it one after another. Of several jobs that which tells most
   * of them apart. NaN = not known.
   */
  at(slot: number): number {
    let best = NaN;
    let holders = 0;
    for (const { scrapes, series } of this.#jobs.values()) {
      const values = byHolder(series.values(), scrapes, slot);
      if (values.length > holders) {
        holders = values.length;
        best = together(values, scrapes.sequential(slot));
      }
    }
    return best;
  }
}

interface HolderMean {
  mean: number;
  count: number;
}

/** What several exporters say of one holder is one value. */
function byHolder(
  series: Iterable<SeriesMeans>,
  scrapes: DeviceScrapes,
  slot: number,
): HolderMean[] {
  const holders = new Map<string, HolderMean>();
  for (const each of series) {
    const mean = each.means[slot];
    if (!Number.isNaN(mean)) {
      const key = seriesKey({ ...each, exporter: '' });
      const count = Math.max(1, scrapes.countOf(each, slot));
      const before = holders.get(key);
      holders.set(
        key,
        before
          ? {
              mean: weighted([before, { mean, count }]),
              count: before.count + count,
            }
          : { mean, count },
      );
    }
  }
  return [...holders.values()];
}

function together(values: HolderMean[], sequential: boolean): number {
  if (sequential) {
    return weighted(values);
  }
  const sum = values.reduce((total, { mean }) => total + mean, 0);
  const top = Math.max(...values.map(({ mean }) => mean));
  return top - sum / values.length <= SAME ? top : Math.min(1, sum);
}

function weighted(values: HolderMean[]): number {
  const count = values.reduce((total, each) => total + each.count, 0);
  return values.reduce((sum, { mean, count: n }) => sum + mean * n, 0) / count;
}
