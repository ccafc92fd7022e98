import { calendarDayOf, HOUR_MS } from '@headroom/common';
import { ClusterCoverage } from '../../database/ReportStore';
import { backfillAhead } from '../../features/cost/backfill';
import { Calendar } from '../Calendar';

/** A cluster that lags no further than this is read in turns, and misses nothing. */
const READ_IN_TURNS_MS = 2 * HOUR_MS;

/** How much of a day is in. */
export interface DayCoverage {
  /** Hours the calendar day has. */
  hours: number;
  /** Closed hours that no source could answer for; of several clusters the worst. */
  missingHours: number;
  /** The day is not over, or hours of it are not in yet. */
  partial: boolean;
  /** Some hour of the day is in. */
  known: boolean;
}

interface CoverageOptions {
  clusters: ClusterCoverage[];
  /** Names of the clusters that are still read. */
  configured: ReadonlySet<string>;
  calendar: Calendar;
  /** Hours that start before this are over and settled. */
  closedUntil: Date;
  today: string;
}

// Before and after every day, as text.
const NEVER = '';
const ALWAYS_LATER = '~';

/**
 * Coverage of days by the clusters given. A cluster counts from the first day it
 * was read, while it is back-filled from the one it goes back to, and, once it is no longer configured, to the last; a day on which no
 * cluster counts is missing as a whole.
 */
export class Coverage {
  readonly #clusters: ClusterCoverage[];
  readonly #configured: ReadonlySet<string>;
  readonly #calendar: Calendar;
  /** Hours that start before this are over and settled. */
  readonly #closed: number;
  readonly #today: string;
  readonly #days = new Map<string, DayCoverage>();

  readonly #clustersOf = new Map<string, string>();
  readonly #spans = new Map<ClusterCoverage, { first: string; last: string }>();

  static create(options: CoverageOptions) {
    return new Coverage(options);
  }

  private constructor(options: CoverageOptions) {
    this.#clusters = options.clusters;
    this.#configured = options.configured;
    this.#calendar = options.calendar;
    this.#closed = options.closedUntil.getTime();
    this.#today = options.today;
  }

  /** Coverage of one day. */
  day(day: string): DayCoverage {
    let coverage = this.#days.get(day);
    if (!coverage) {
      coverage = this.#compute(day);
      this.#days.set(day, coverage);
    }
    return coverage;
  }

  /** The day is over and every hour of it is in. */
  complete(day: string): boolean {
    const { partial, missingHours, known } = this.day(day);
    return known && !partial && missingHours === 0;
  }

  /** Both days are complete, and made of the same clusters. */
  comparable(day: string, other: string): boolean {
    return (
      this.complete(day) &&
      this.complete(other) &&
      this.sameClusters([day, other])
    );
  }

  /** The same clusters count on all of the days: what differs is not that one was connected or removed. */
  sameClusters(days: string[]): boolean {
    return new Set(days.map(day => this.#clustersOn(day))).size <= 1;
  }

  /** A back-fill has still to read hours of the day. */
  awaitsBackfill(day: string): boolean {
    return this.#counting(day).some(each => this.#isAhead(each, day));
  }

  /** Missing hours of one cluster over days. */
  missingOf(cluster: ClusterCoverage, days: readonly string[]): number {
    return days
      .filter(day => this.#counts(cluster, day))
      .reduce((sum, day) => sum + this.#missing(cluster, day), 0);
  }

  #compute(day: string): DayCoverage {
    const { hours } = this.#calendar.bounds(day);
    const counting = this.#counting(day);
    const known = counting.some(
      cluster => (cluster.days.get(day)?.hours ?? 0) > 0,
    );
    return {
      hours,
      known,
      missingHours:
        counting.length === 0
          ? this.#hoursUntil(this.#closed, day)
          : Math.max(...counting.map(each => this.#missing(each, day))),
      partial:
        day >= this.#today ||
        counting.some(
          each => this.#endsEarly(each, day) || this.#isAhead(each, day),
        ),
    };
  }

  #counting(day: string): ClusterCoverage[] {
    return this.#clusters.filter(each => this.#counts(each, day));
  }

  #counts(cluster: ClusterCoverage, day: string): boolean {
    let span = this.#spans.get(cluster);
    if (!span) {
      span = this.#span(cluster);
      this.#spans.set(cluster, span);
    }
    return day >= span.first && day <= span.last;
  }

  /** The days a cluster counts on, both inclusive; days compare as text. */
  #span(cluster: ClusterCoverage): { first: string; last: string } {
    const { lastHour } = cluster;
    const ended = lastHour
      ? calendarDayOf(new Date(lastHour), this.#calendar.zone)
      : NEVER;
    return {
      first: this.#firstDay(cluster) ?? ALWAYS_LATER,
      last: this.#isRead(cluster) ? ALWAYS_LATER : ended,
    };
  }

  #firstDay(cluster: ClusterCoverage): string | undefined {
    const ahead = this.#ahead(cluster);
    if (!cluster.firstDay || !ahead) {
      return cluster.firstDay;
    }
    const goal = calendarDayOf(ahead.from, this.#calendar.zone);
    return goal < cluster.firstDay ? goal : cluster.firstDay;
  }

  /** Hours a back-fill has still to read. That of a removed cluster never ends. */
  #ahead(cluster: ClusterCoverage) {
    return this.#isRead(cluster) ? backfillAhead(cluster) : undefined;
  }

  #isAhead(cluster: ClusterCoverage, day: string): boolean {
    const ahead = this.#ahead(cluster);
    return (
      ahead !== undefined && this.#calendar.bounds(day).start < ahead.until
    );
  }

  #isRead({ cluster }: ClusterCoverage): boolean {
    return this.#configured.has(cluster);
  }

  #clustersOn(day: string): string {
    let names = this.#clustersOf.get(day);
    if (names === undefined) {
      names = this.#counting(day)
        .map(({ cluster }) => cluster)
        .sort()
        .join();
      this.#clustersOf.set(day, names);
    }
    return names;
  }

  #missing(cluster: ClusterCoverage, day: string): number {
    const present = cluster.days.get(day)?.hours ?? 0;
    const ahead = this.#ahead(cluster);
    const due =
      this.#hoursUntil(this.#dueUntil(cluster), day) -
      (ahead ? this.#hoursUntil(ahead.until.getTime(), day) : 0);
    return Math.max(0, due - present);
  }

  /**
   * End of the hours that a cluster should have by now. An hour is read some time
   * after it is closed; until then it is not in yet, and not missing.
   */
  #dueUntil(cluster: ClusterCoverage): number {
    if (!this.#isRead(cluster) || cluster.downSince || !cluster.lastHour) {
      return this.#closed;
    }
    const end = Date.parse(cluster.lastHour) + HOUR_MS;
    const lag = this.#closed - end;
    return lag > 0 && lag <= READ_IN_TURNS_MS ? end : this.#closed;
  }

  #hoursUntil(end: number, day: string): number {
    const { start, hours } = this.#calendar.bounds(day);
    const passed = (end - start.getTime()) / HOUR_MS;
    return Math.max(0, Math.min(hours, Math.floor(passed)));
  }

  /** The cluster was read up to some hour of the day and not further, yet. */
  #endsEarly(cluster: ClusterCoverage, day: string): boolean {
    if (!this.#isRead(cluster)) {
      return false;
    }
    const { start, end } = this.#calendar.bounds(day);
    const last = cluster.lastHour ? Date.parse(cluster.lastHour) : 0;
    return last >= start.getTime() && last + HOUR_MS < end.getTime();
  }
}
