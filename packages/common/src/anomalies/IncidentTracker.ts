import { HOUR_MS } from '../time';
import { AnomalyScore } from './AnomalyScorer';

/** What goes on in a series, from its first odd point to its last. @public */
export interface AnomalyIncident {
  /** Of the first odd point, milliseconds since 1970-01-01. */
  since: number;
  /** Of the last odd point so far. */
  until: number;
  /** Of the first odd point. */
  direction: AnomalyScore['direction'];
  /** The oddest point's. */
  peakScore: number;
  /** How many points were odd. */
  oddPoints: number;
}

/** Time in which somebody said that the series would be odd. @public */
export interface ExpectedSpan {
  from: number;
  /** The instant after the last one: what is odd from then on is news again. */
  until: number;
}

/** What a point changed. @public */
export type IncidentChange =
  | { change: 'opened' | 'grew' | 'closed'; incident: AnomalyIncident }
  | undefined;

/** Points without anything odd that end an incident, ... */
const QUIET_POINTS = 3;
/** ... and the time they take at least, of which a series of seconds has many. */
const QUIET_MS = HOUR_MS / 4;

/**
 * Makes incidents of scores: at most one is open at a time, whatever happens meanwhile,
 * and it is over after a quiet time. A new level is one incident: its scores fall when
 * the series is measured from there. Points without a score end nothing.
 *
 * @public
 */
export class IncidentTracker {
  readonly #expected: ExpectedSpan[];
  #open: AnomalyIncident | undefined;
  #quietPoints = 0;

  static create(options: { expected?: readonly ExpectedSpan[] } = {}) {
    return new IncidentTracker([...(options.expected ?? [])]);
  }

  private constructor(expected: ExpectedSpan[]) {
    this.#expected = expected;
  }

  /** The incident that is not over yet. */
  get open(): AnomalyIncident | undefined {
    return this.#open && { ...this.#open };
  }

  /** Opens nothing in such a time from now on; what is open goes on to its end. */
  expect(span: ExpectedSpan): void {
    this.#expected.push(span);
  }

  push(score: AnomalyScore): IncidentChange {
    if (score.status === 'unknown' || score.status === 'late') {
      return undefined;
    }
    if (score.score >= 1) {
      return this.#isExpected(score.at)
        ? this.#quiet(score.at)
        : this.#odd(score);
    }
    return this.#quiet(score.at);
  }

  #isExpected(at: number): boolean {
    return this.#expected.some(({ from, until }) => at >= from && at < until);
  }

  #odd({ at, direction, score }: AnomalyScore): IncidentChange {
    this.#quietPoints = 0;
    if (!this.#open) {
      this.#open = {
        since: at,
        until: at,
        direction,
        peakScore: score,
        oddPoints: 1,
      };
      return { change: 'opened', incident: { ...this.#open } };
    }
    this.#open.until = at;
    this.#open.oddPoints += 1;
    this.#open.peakScore = Math.max(this.#open.peakScore, score);
    return { change: 'grew', incident: { ...this.#open } };
  }

  #quiet(at: number): IncidentChange {
    const incident = this.#open;
    if (!incident) {
      return undefined;
    }
    this.#quietPoints += 1;
    if (this.#quietPoints < QUIET_POINTS || at - incident.until < QUIET_MS) {
      return undefined;
    }
    this.#open = undefined;
    this.#quietPoints = 0;
    return { change: 'closed', incident };
  }
}
