import { Seen } from '../observe';
import { Series } from '../series';

/** A small cluster with something odd about it, and what is right of it. */
export interface Case {
  series: Series[];
  check(seen: Seen): void;
}

export type Cases = Record<string, Case>;
