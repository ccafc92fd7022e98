import { ClusterCoverage } from '../database/ReportStore';
import { HOUR_MS } from '../ingest/plan';
import { Calendar } from './Calendar';

/** How much of a day is in. */
export interface DayCoverage {
  /** Hours the calendar day has. */
  hours: number;
  /** Closed hours that no source could answer for; of several clusters the worst. */
  missingHours: number;
  /** The day is not over, or its last hours are not in yet. */
  partial: boolean;
  /** Some hour of the day is in. */
  known: boolean;
}

/**
 * Coverage of days by the clusters given. A cluster counts from the first day it
 * was read; a day before any cluster was read is missing as a whole.
 */
export class Coverage {
  readonly #clusters: ClusterCoverage[];
  readonly #calendar: Calendar;
  /** Hours that start before this are over and settled. */
  readonly #closed: number;
  readonly #today: string;
  readonly #days = new Map<string, DayCoverage>();

  static create(options: {
    clusters: ClusterCoverage[];
    calendar: Calendar;
    closedUntil: Date;
    today: string;
  }) {
    return new Coverage(options);
  }

  private constructor(options: {
    clusters: ClusterCoverage[];
    calendar: Calendar;
    closedUntil: Date;
    today: string;
  }) {
    this.#clusters = options.clusters;
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

  /** Missing hours of one cluster over days. */
  missingOf(cluster: ClusterCoverage, days: string[]): number {
    return days
      .filter(day => cluster.firstDay !== undefined && day >= cluster.firstDay)
      .reduce((sum, day) => sum + this.#missing(cluster, day), 0);
  }

  #compute(day: string): DayCoverage {
    const { hours } = this.#calendar.bounds(day);
    const counting = this.#clusters.filter(
      ({ firstDay }) => firstDay !== undefined && firstDay <= day,
    );
    const known = counting.some(
      cluster => (cluster.days.get(day)?.hours ?? 0) > 0,
    );
    return {
      hours,
      known,
      missingHours:
        counting.length === 0
          ? this.#closedHours(day)
          : Math.max(...counting.map(each => this.#missing(each, day))),
      partial:
        day >= this.#today || counting.some(each => this.#endsEarly(each, day)),
    };
  }

  #missing(cluster: ClusterCoverage, day: string): number {
    const present = cluster.days.get(day)?.hours ?? 0;
    return Math.max(0, this.#closedHours(day) - present);
  }

  #closedHours(day: string): number {
    const { start, hours } = this.#calendar.bounds(day);
    const closed = (this.#closed - start.getTime()) / HOUR_MS;
    return Math.max(0, Math.min(hours, Math.floor(closed)));
  }

  /** The cluster was read up to some hour of the day and not further. */
  #endsEarly(cluster: ClusterCoverage, day: string): boolean {
    const { start, end } = this.#calendar.bounds(day);
    const last = cluster.lastHour ? Date.parse(cluster.lastHour) : 0;
    return last >= start.getTime() && last + HOUR_MS < end.getTime();
  }
}
