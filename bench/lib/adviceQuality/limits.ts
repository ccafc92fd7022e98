import { Appetite, APPETITES } from '@headroom/plugin-cost-common';
import { InputError } from './InputError';

/** What a replay at one appetite must reach. */
export interface Limit {
  appetite: Appetite;
  /** Most time above the request, percent. */
  mostOverPct: number;
  /** Least points of slack below the front. */
  leastBelow: number;
}

const FORM = /^(\w+)=(\d+(?:\.\d+)?):(-?\d+(?:\.\d+)?)$/;

/**
 * Reads limits such as `dev=5:1,standard=1:2`: at most 5 % above the request
 * and at least 1 point below the front, and so on.
 *
 * @throws InputError for another form or an unknown appetite
 */
export function readLimits(text: string): Limit[] {
  return text.split(',').map(each => {
    const [, name, over, below] = FORM.exec(each.trim()) ?? [];
    const appetite = APPETITES.find(known => known === name);
    if (!appetite) {
      throw new InputError(
        `--require has "${each}"; it takes ${APPETITES.join(
          ', ',
        )} with limits such as dev=5:1: at most 5 % above the request, at least 1 point below the front`,
      );
    }
    return { appetite, mostOverPct: Number(over), leastBelow: Number(below) };
  });
}

/** A sentence for each limit that does not hold. */
export function brokenLimits(
  limits: readonly Limit[],
  results: ReadonlyMap<string, { overPct: number; pointsBelowFront: number }>,
): string[] {
  return limits.flatMap(({ appetite, mostOverPct, leastBelow }) => {
    const result = results.get(appetite);
    if (!result) {
      return [`${appetite} has no day that could be judged.`];
    }
    const { overPct, pointsBelowFront } = result;
    return [
      ...(overPct > mostOverPct
        ? [
            `${appetite} is above its request ${overPct} % of the time; at most ${mostOverPct} % is allowed.`,
          ]
        : []),
      ...(pointsBelowFront < leastBelow
        ? [
            `${appetite} lies ${pointsBelowFront} points below the front; it should be at least ${leastBelow}.`,
          ]
        : []),
    ];
  });
}
