import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { HOUR_SECONDS, HourWindow } from './HourWindow';
import { ObjectCounts, ObjectKind } from './ObjectCounts';
import { ScrapeTarget, unionSeconds } from './ScrapeTarget';

/** Spacings that differ by less are one: scrapes drift. */
const SAME_SHARE = 0.1;

/** How kube-state-metrics was scraped in an hour, of one kind of objects. */
interface KindOfHour {
  kind: ObjectKind;
  targets: ScrapeTarget[];
  /** Usual seconds between two scrapes, of the target that is scraped least often. */
  spacingSeconds: number;
  /** Seconds in which any target of the kind was scraped. */
  anySeconds: number;
}

/** How much of an hour was scraped. */
export interface Scraped {
  /** Seconds for which all objects were told; 0 = not at all. */
  seconds: number;
  /** Addresses of the targets that were silent: while others spoke, or each for a part of the hour. */
  silent?: string[];
}

/** Hours in a row that were scraped at the same pace. */
export interface Stretch {
  /** Index of the first hour, and of the first after them. */
  from: number;
  to: number;
  spacingSeconds: number;
}

/**
 * When kube-state-metrics was scraped, hour by hour, from the time stamps of
 * what it said of nodes and of pods, which may be two that are scraped at two
 * paces: not from a count of samples, which is the same for two replicas and for
 * one that is scraped twice as often, and not from the pace of a job, which may
 * scrape several paths, each at its own.
 */
export class ScrapeClock {
  readonly #window: HourWindow;
  readonly #hours: KindOfHour[][];
  readonly #scraped: Scraped[];

  /**
   * @param said - by what was told of, times of scrapes, seconds since 1970: one
   * series a target
   * @param configured - seconds between two scrapes, when configuration says so
   */
  static read(
    window: HourWindow,
    said: Record<ObjectKind, PrometheusSeries[]>,
    configured?: number,
  ): ScrapeClock {
    const kinds = (['node', 'pod'] as const).map(kind => ({
      kind,
      targets: ScrapeTarget.read(said[kind]),
    }));
    const hours = window.indexes().map(hour =>
      kinds.flatMap(({ kind, targets }) => {
        const start = window.startSeconds(hour);
        return kindOfHour(kind, targets, start, configured) ?? [];
      }),
    );
    return new ScrapeClock(window, hours);
  }

  private constructor(
    window: HourWindow,
    hours: KindOfHour[][],
    counts?: ObjectCounts,
  ) {
    this.#window = window;
    this.#hours = hours;
    this.#scraped = hours.map((kinds, hour) =>
      scrapedOf(kinds, window.startSeconds(hour), counts),
    );
  }

  /** The same when it is known how many objects each target told. */
  with(counts: ObjectCounts): ScrapeClock {
    return new ScrapeClock(this.#window, this.#hours, counts);
  }

  /**
   * The hours, from the first to the last, in which a target was silent while
   * another spoke: only counts of objects tell whether that was a replica or a
   * shard. Undefined when there are none.
   */
  doubtful(): Stretch | undefined {
    const hours = this.#window
      .indexes()
      .filter(hour =>
        this.#hours[hour].some(kind =>
          isDoubtful(kind, this.#window.startSeconds(hour)),
        ),
      );
    const [first] = hours;
    const last = hours.at(-1);
    return last === undefined
      ? undefined
      : {
          from: first,
          to: last + 1,
          spacingSeconds: Math.max(...hours.map(hour => this.#spacing(hour))),
        };
  }

  /** How much of an hour all objects were told for. */
  scraped(hour: number): Scraped {
    return this.#scraped[hour];
  }

  /** Whether anything was said of objects of a kind in an hour. */
  tells(hour: number, kind: ObjectKind): boolean {
    return this.#hours[hour].some(each => each.kind === kind);
  }

  /** Hours with scrapes, in stretches of one pace. */
  stretches(): Stretch[] {
    const stretches: Stretch[] = [];
    for (const index of this.#window.indexes()) {
      const last = stretches.at(-1);
      // Without nodes there is nothing to price.
      if (!this.tells(index, 'node')) {
        continue;
      }
      const spacingSeconds = this.#spacing(index);
      if (last?.to === index && isSame(last.spacingSeconds, spacingSeconds)) {
        last.to = index + 1;
        last.spacingSeconds = Math.max(last.spacingSeconds, spacingSeconds);
      } else {
        stretches.push({ from: index, to: index + 1, spacingSeconds });
      }
    }
    return stretches;
  }

  #spacing(hour: number): number {
    return Math.max(
      ...this.#hours[hour].map(({ spacingSeconds }) => spacingSeconds),
    );
  }
}

function isSame(left: number, right: number): boolean {
  return Math.abs(left - right) <= SAME_SHARE * left;
}

function kindOfHour(
  kind: ObjectKind,
  all: ScrapeTarget[],
  start: number,
  configured: number | undefined,
): KindOfHour | undefined {
  const end = start + HOUR_SECONDS;
  const targets = all.filter(target => target.between(start, end).length > 0);
  if (targets.length === 0) {
    return undefined;
  }
  const paces = targets.flatMap(target =>
    target.between(start, end).map(({ pace }) => pace),
  );
  return {
    kind,
    targets,
    spacingSeconds: configured ?? paces.reduce((a, b) => Math.max(a, b)),
    anySeconds: unionSeconds(
      targets.flatMap(target => target.stays(start, end)),
    ),
  };
}

/** Whether a target missed more than a scrape while another of the kind spoke. */
function isDoubtful(
  { targets, anySeconds, spacingSeconds }: KindOfHour,
  start: number,
): boolean {
  return targets.some(
    target =>
      unionSeconds(target.stays(start, start + HOUR_SECONDS)) <
      anySeconds - spacingSeconds,
  );
}

function scrapedOf(
  kinds: KindOfHour[],
  start: number,
  counts: ObjectCounts | undefined,
): Scraped {
  const [worst] = kinds
    .map(kind => scrapedOfKind(kind, start, counts))
    .sort((left, right) => left.seconds - right.seconds);
  return worst ?? { seconds: 0 };
}

function scrapedOfKind(
  { kind, targets, anySeconds, spacingSeconds }: KindOfHour,
  start: number,
  counts: ObjectCounts | undefined,
): Scraped {
  let scraped: Scraped = {
    seconds: anySeconds,
    silent: instancesOf(
      targets.filter(
        target =>
          unionSeconds(target.stays(start, start + HOUR_SECONDS)) <
          HOUR_SECONDS - spacingSeconds,
      ),
    ),
  };
  for (const target of counts ? targets : []) {
    const untold =
      counts?.untoldSeconds(kind, target, start, start + HOUR_SECONDS) ?? 0;
    const seconds = HOUR_SECONDS - untold;
    // Counts are of instants, which tell time less finely than scrapes do.
    if (seconds < scraped.seconds - spacingSeconds) {
      scraped = { seconds, silent: instancesOf([target]) };
    }
  }
  // One scrape short of the hour is the whole hour: scrapes drift.
  return scraped.seconds >= HOUR_SECONDS - spacingSeconds
    ? { seconds: HOUR_SECONDS }
    : scraped;
}

/** Addresses that are known, each once. */
function instancesOf(targets: ScrapeTarget[]): string[] {
  return [...new Set(targets.flatMap(({ instance }) => instance ?? []))].sort();
}
