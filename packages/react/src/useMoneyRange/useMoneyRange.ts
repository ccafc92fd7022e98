import { formatMoneyRange } from '../format';
import { useHeadroomTranslation } from '../translation/useHeadroomTranslation';

/**
 * Says between which amounts something is: "$1.80k to $1.90k", or "about $1.90k" where
 * both ends read the same.
 *
 * @public
 */
export function useMoneyRange(): (
  low: bigint,
  high: bigint,
  currency: string,
) => string {
  const { t } = useHeadroomTranslation();
  return (lowest, highest, currency) => {
    const { low, high } = formatMoneyRange(lowest, highest, currency);
    return low === high
      ? t('range.about', { amount: low })
      : t('range.between', { low, high });
  };
}
