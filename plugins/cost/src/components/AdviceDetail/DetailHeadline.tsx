import { AdviceDetail } from '@headroom/plugin-cost-common';
import { formatMinutes, formatShare, toMicros } from '../../format';
import { useCostTranslation } from '../../useCostTranslation';
import { Figure } from '../Headline/Figure';
import { FigureGrid } from '../Headline/FigureGrid';
import { Money } from '../Money';

const UNKNOWN = '\u2013';

/** The five figures of one advice: money, how sure, and what it would have done. */
export function DetailHeadline(props: {
  detail: AdviceDetail;
  onOrigin: () => void;
}) {
  const { detail, onOrigin } = props;
  const { advice, currency } = detail;
  const { backtest, evidence } = advice;
  const { t } = useCostTranslation();
  const money = advice.money ?? advice.heldMoney;
  const savingBase = () => {
    if (!money) {
      return t('advice.detail.figure.none');
    }
    return advice.money
      ? t('advice.detail.figure.savingBaseOnly')
      : t('advice.detail.figure.heldBase');
  };
  const realisable = money?.realisableMicros;
  const days = t('advice.dayCount', {
    count: backtest?.days ?? evidence.days,
  });
  const tried = (
    part: 'throttledMinutes' | 'oomKills',
    format: (value: number) => string,
  ) => ({
    value: backtest ? format(backtest.proposed[part]) : UNKNOWN,
    comparison: backtest
      ? t('advice.detail.figure.againstNow', {
          now: format(backtest.current[part]),
        })
      : t('advice.detail.figure.noBacktest'),
  });
  return (
    <FigureGrid>
      <Figure
        label={t('advice.detail.figure.saving')}
        value={
          money ? (
            <Money micros={toMicros(money.listMicros)} currency={currency} />
          ) : (
            UNKNOWN
          )
        }
        comparison={savingBase()}
        onOrigin={onOrigin}
      />
      <Figure
        label={t('advice.detail.figure.realisable')}
        value={
          realisable === undefined ? (
            UNKNOWN
          ) : (
            <Money micros={toMicros(realisable)} currency={currency} />
          )
        }
        comparison={
          realisable === undefined
            ? t('advice.detail.figure.realisableUnknown')
            : t('advice.detail.figure.realisableBase')
        }
      />
      <Figure
        label={t('advice.detail.figure.confidence')}
        value={formatShare(advice.confidence)}
        comparison={t('advice.detail.figure.confidenceBase', {
          days: t('advice.dayCount', { count: evidence.days }),
          coverage: formatShare(evidence.coverage),
          appetite: t(`advice.detail.appetite.${evidence.appetite.value}`),
        })}
        onOrigin={onOrigin}
      />
      <Figure
        label={t('advice.detail.figure.throttled', { days })}
        {...tried('throttledMinutes', formatMinutes)}
      />
      <Figure
        label={t('advice.detail.figure.oom', { days })}
        {...tried('oomKills', String)}
      />
    </FigureGrid>
  );
}
