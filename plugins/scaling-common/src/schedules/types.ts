import { Worded } from '@headroom/common';
import { Wish } from '../policies/Wish';

/** Half-open: `startMs` is in it, `endMs` isn't. Milliseconds since 1970 UTC. @public */
export interface Interval {
  startMs: number;
  endMs: number;
}

/** Where in a policy something comes from. @public */
export interface WindowSource {
  /** Index in `policy.schedules`. */
  schedule: number;
  /**
   * `windows` and `exceptions` by their index; `holidays` by theirs, with the day's
   * index in its calendar as `day`.
   */
  list: 'windows' | 'exceptions' | 'holidays';
  index: number;
  day?: number;
  /** For people: its title, or what it says: `Mon-Fri 07:00-19:00 Europe/Berlin`. */
  title: string;
}

/** What a change of clocks did to a window. @public */
export type ClockChange =
  | 'start-in-gap'
  | 'end-in-gap'
  | 'ambiguous-start'
  | 'ambiguous-end';

/** One time that a window, an exception or a holiday holds, as a whole, not cut. @public */
export interface Occurrence extends Interval {
  source: WindowSource;
  /** S8: exceptions win over dated windows, those over recurring ones. */
  rank: 'exception' | 'dated' | 'recurring';
  /** Local date of its start in the zone, as it was meant, `YYYY-MM-DD`. */
  localDate: string;
  /** `undefined` = what holds outside of all windows. */
  wish?: Wish;
  /** How long before `startMs` it is already wanted; 0 for what takes capacity away. */
  leadMs: number;
  clockChanges: readonly ClockChange[];
}

/** A time at which a window would hold and doesn't, as the clocks leave nothing of it. @public */
export interface DroppedOccurrence {
  source: WindowSource;
  localDate: string;
  text: Worded;
}

/** A stretch in which one thing is wanted. @public */
export interface Segment extends Interval {
  /** `lead`: not yet the window; capacity is started so that it is there in time. */
  kind: 'lead' | 'window';
  wish: Wish;
  /** In order of the policy. */
  sources: readonly WindowSource[];
}

/** The times of a schedule's windows. @public */
export interface Expansion {
  /** All that touch what was asked for, in order of their start; not cut. */
  occurrences: readonly Occurrence[];
  /** Cut to what was asked for; neighbours that want the same are one. */
  segments: readonly Segment[];
  dropped: readonly DroppedOccurrence[];
}

/** Why something is wanted (S8), what wins first. @public */
export type WantedBecause =
  | 'kill-switch'
  | 'override-up'
  | 'override-down'
  | 'exclusion'
  | 'exception'
  | 'dated-window'
  | 'recurring-window'
  | 'outside';

/** Windows that hold at once and don't agree. @public */
export interface WindowConflict {
  sources: readonly WindowSource[];
  /** What they want and what is done. */
  text: Worded;
}

/** What a policy wants of a workload at an instant. @public */
export interface WantedState {
  /** `leave`: nothing is written, not even what was before (kill switch). */
  wish: Wish | { type: 'leave' };
  because: WantedBecause;
  /** Windows, exceptions or holidays that decide; empty where none does. */
  sources: readonly WindowSource[];
  /** Id of the override that decides. */
  override?: string;
  /** Whether it is the lead of a window that begins later. */
  lead: boolean;
  /**
   * When what decides began to hold (with its lead) and until when it is known to
   * hold; absent = it holds since ever, or until something else begins.
   */
  sinceMs?: number;
  untilMs?: number;
  /** Start of the window without its lead, of what decides; absent without a window. */
  windowStartMs?: number;
  conflicts: readonly WindowConflict[];
  /** In one sentence. */
  reason: Worded;
}

/** An instant at which something else is wanted. @public */
export interface ScheduledTurn {
  atMs: number;
  before: WantedState;
  after: WantedState;
}
