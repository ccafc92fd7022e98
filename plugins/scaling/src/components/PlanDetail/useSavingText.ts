import { ExpectedEffect } from '@headroom/common';
import { formatMoney } from '@headroom/react';
import { useScalingTranslation } from '../../useScalingTranslation';

/** What is expected to be saved or to be paid more, as a sentence: neither takes a sign. */
export function useSavingText({
  savingPerHour,
  currency,
}: Pick<ExpectedEffect, 'savingPerHour' | 'currency'>): string {
  const { t } = useScalingTranslation();
  if (savingPerHour === undefined || !currency) {
    return t('plan.savingUnknown');
  }
  const saving = BigInt(savingPerHour);
  if (saving === 0n) {
    return t('plan.savesNothing');
  }
  return saving > 0n
    ? t('plan.savingPerHour', { money: formatMoney(saving, currency) })
    : t('plan.costsMorePerHour', { money: formatMoney(-saving, currency) });
}
