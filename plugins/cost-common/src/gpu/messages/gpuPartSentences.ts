import { createWorder, Worded } from '@headroom/common';

/**
 * What sentences on GPUs are made of.
 *
 * @public
 */
export const GPU_PART_SENTENCES = {
  belowOnePercent: 'less than 1 %',
  gpus_one: '{{count}} GPU',
  gpus_other: '{{count}} GPUs',
  days_one: '{{count}} day',
  days_other: '{{count}} days',
  measured: 'measured',
  guessed: 'a guess for its kind',
  noMemory: 'no memory',
} as const;

export const wordGpuPart = createWorder('gpuParts', GPU_PART_SENTENCES);

const GIB = 2 ** 30;
const MIB = 2 ** 20;

/** A share that isn't 0 is never shown as 0 %. */
export function percent(share: number): string | Worded {
  const value = share * 100;
  return value > 0 && value < 1
    ? wordGpuPart('belowOnePercent')
    : `${Math.round(value)} %`;
}

export function gib(bytes: number): string {
  return `${(bytes / GIB).toFixed(1)} GiB`;
}

export function mib(bytes: number): string {
  return `${Math.round(bytes / MIB)} MiB`;
}

export function watts(value: number): string {
  return `${Math.round(value)} W`;
}
