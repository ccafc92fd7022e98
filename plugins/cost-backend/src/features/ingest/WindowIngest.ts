import { toError } from '@backstage/errors';
import { ClusterConfig } from '@headroom/plugin-clusters-node';
import {
  ServiceLevelSource,
  SourceQuery,
  UnitMetricSource,
} from '@headroom/plugin-cost-node';
import { CostConfig } from '../../core/config/CostConfig';
import { readLevels } from './levels/readLevels';
import { readUnits } from './units/readUnits';
import { ClusterSource } from '../../core/ClusterSource';
import { DatabaseFailure } from './DatabaseFailure';
import { WindowAnswer } from './HourAnswer';
import { podsKeptFrom } from './podsKept';
import { HourWriter, HourWriterOptions } from './HourWriter';

/** @internal */
export type WindowIngestOptions = Omit<
  HourWriterOptions,
  'timezone' | 'sourceId' | 'podsFrom'
> & {
  cluster: ClusterConfig;
  source: ClusterSource;
  unitSources: UnitMetricSource[];
  levelSources: ServiceLevelSource[];
  config: CostConfig;
};

/** What came of a window. */
export type WindowOutcome =
  | { failure: Error }
  | { failure?: undefined; queries: number; containers: number };

/** Reads one window of a cluster and stores its hours. */
export class WindowIngest {
  readonly #options: WindowIngestOptions;

  static create(options: WindowIngestOptions) {
    return new WindowIngest(options);
  }

  private constructor(options: WindowIngestOptions) {
    this.#options = options;
  }

  /**
   * Stores the hours from `start` to `end`; those from `watermark` on are new.
   * An error of the source is an outcome, an error of the database is thrown.
   */
  async run(
    start: Date,
    end: Date,
    watermark: Date,
    signal: AbortSignal,
  ): Promise<WindowOutcome> {
    const { source, cluster, config, unitSources, levelSources } =
      this.#options;
    const { nodeLabels } = config;
    const query: SourceQuery = { cluster, start, end, signal, nodeLabels };
    let answer: WindowAnswer;
    try {
      answer = await source.read(query);
    } catch (error) {
      DatabaseFailure.rethrow(error);
      return { failure: toError(error) };
    }
    const units = await readUnits(
      unitSources,
      cluster,
      config.unitMetrics,
      query,
    );
    const levels = await readLevels(
      levelSources,
      cluster,
      config.serviceLevels,
      query,
    );
    const beside = [...units.problems, ...levels.problems];
    const writer = this.#writer();
    for await (const hour of answer.hours) {
      if (signal.aborted) {
        break; // what follows may be cut off; it is read again
      }
      await writer.write(
        { ...hour, problems: [...hour.problems, ...beside] },
        {
          units: ofHour(units.byHour, hour.hour),
          levels: ofHour(levels.byHour, hour.hour),
        },
        hour.hour >= watermark,
      );
    }
    return {
      queries: answer.queries + units.queries + levels.queries,
      containers: answer.containers,
    };
  }

  /** Records that the source answers for other hours but not for this one. */
  async giveUp(hour: Date, watermark: Date): Promise<void> {
    await this.#writer().write(
      { status: 'missing', hour, reason: 'source-error', problems: [] },
      {},
      hour >= watermark,
    );
  }

  #writer(): HourWriter {
    const { config, source, now } = this.#options;
    return HourWriter.create({
      ...this.#options,
      timezone: config.timezone,
      podsFrom: podsKeptFrom(config, now()),
      sourceId: source.id,
    });
  }
}

/** Where the source answered, an hour that it says nothing of has none. */
function ofHour<T>(
  byHour: Map<string, T[]> | undefined,
  hour: Date,
): T[] | undefined {
  return byHour && (byHour.get(hour.toISOString()) ?? []);
}
