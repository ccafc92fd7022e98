import { Micros } from '@headroom/common';
import { Figure } from '../Figure';
import { formatQuantity, toMicros } from '../format';
import { Money } from '../Money';
import { useHeadroomTranslation } from '../translation/useHeadroomTranslation';
import { useMoneyRange } from '../useMoneyRange';

/**
 * What was saved so far, as the ledger has it measured, with the interval in which
 * it lies; or that it is too early to say.
 *
 * @public
 */
export function SavedFigure(props: {
  /** Absent = not yet. */
  measured?: {
    currency: string;
    saved: Micros;
    low: Micros;
    high: Micros;
    /** Hours that were compared. */
    hours: number;
  };
  /** Actions whose hours are too few. */
  notYet: number;
  /** What is left out, and why. */
  remark?: string;
}) {
  const { measured, notYet, remark } = props;
  const { t } = useHeadroomTranslation();
  const rangeOf = useMoneyRange();
  const said = [
    measured &&
      t('saved.interval', {
        range: rangeOf(
          toMicros(measured.low),
          toMicros(measured.high),
          measured.currency,
        ),
        hours: formatQuantity(measured.hours),
      }),
    notYet > 0 && t('saved.notYetOf', { count: notYet }),
    remark,
  ].filter(Boolean);
  return (
    <Figure
      label={t('saved.title')}
      value={
        measured ? (
          <Money
            micros={toMicros(measured.saved)}
            currency={measured.currency}
          />
        ) : (
          t('saved.notYet')
        )
      }
      comparison={said.length > 0 ? said.join(' ') : t('saved.nothing')}
    />
  );
}
