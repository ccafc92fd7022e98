import { ScalingBounds, Wish } from '@headroom/plugin-scaling-common';
import { ScalingTranslate } from '../useScalingTranslation';

/** Whether nothing runs inside of these bounds. */
export function isZero({ ceiling, suspended }: ScalingBounds): boolean {
  return suspended === true || ceiling === 0;
}

/** Bounds in a few words: `3 to 10`, `at least 3`, `none`. */
export function boundsText(
  bounds: ScalingBounds | undefined,
  t: ScalingTranslate,
): string {
  if (!bounds) {
    return t('bounds.left');
  }
  const { floor, ceiling, suspended } = bounds;
  if (suspended) {
    return t('bounds.suspended');
  }
  if (ceiling === 0) {
    return t('bounds.zero');
  }
  if (floor !== undefined && ceiling !== undefined) {
    return floor === ceiling
      ? t('bounds.exactly', { replicas: String(floor) })
      : t('bounds.between', {
          floor: String(floor),
          ceiling: String(ceiling),
        });
  }
  if (floor !== undefined) {
    return t('bounds.floor', { floor: String(floor) });
  }
  return ceiling === undefined
    ? t('bounds.left')
    : t('bounds.ceiling', { ceiling: String(ceiling) });
}

/** What a window wants, in the same words; undefined = as its owner has it. */
export function boundsOfWish(wish: Wish): ScalingBounds | undefined {
  switch (wish.type) {
    case 'zero':
      return { floor: 0, ceiling: 0 };
    case 'fixed':
      return { floor: wish.replicas, ceiling: wish.replicas };
    case 'bounds':
      return { floor: wish.floor, ceiling: wish.ceiling };
    default:
      return undefined;
  }
}
