import { SLOT_SECONDS } from '../../observations/observations';

/** A slot of a digest that starts at `start` as an instant, ISO 8601 UTC. */
export function momentOf(start: string, slot: number): string {
  return slot === 0
    ? start
    : new Date(Date.parse(start) + slot * SLOT_SECONDS * 1000).toISOString();
}
