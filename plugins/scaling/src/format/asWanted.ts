import { ScalingTranslate } from '../useScalingTranslation';

/** Whether workloads are as their policies want them. */
export function asWantedText(
  covered: number,
  asWanted: number,
  t: ScalingTranslate,
): string {
  if (covered === 0) {
    return t('now.asWantedNone');
  }
  return asWanted === covered
    ? t('now.asWantedAll')
    : t('now.asWantedBase', { count: covered - asWanted });
}
