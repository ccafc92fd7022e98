import { createWorder, Worded } from '@headroom/common';
import { bytesText } from '../output/quantities';
import { AdvisedResource } from '../types';

/** Amounts whose unit is a word. */
export const AMOUNT_SENTENCES = {
  cores_one: '{{count}} core',
  cores_other: '{{count}} cores',
} as const;

const word = createWorder('adviceAmounts', AMOUNT_SENTENCES);

/** `850m`, `1.5 cores`: for people. */
export function wordCores(cores: number): string | Worded {
  if (cores === 0) {
    return '0';
  }
  return cores < 1
    ? `${Math.max(1, Math.round(cores * 1000))}m`
    : word('cores', { count: Math.round(cores * 100) / 100 });
}

/** An amount of either resource, for people. */
export function wordAmount(
  resource: AdvisedResource,
  amount: number,
): string | Worded {
  return resource === 'cpu' ? wordCores(amount) : bytesText(amount);
}

/** A factor as the percent on top of it: 1.15 → 15. */
export function percentOnTop(factor: number): number {
  return Math.round((factor - 1) * 100);
}
