import { AdviceDetail } from '@headroom/plugin-cost-common';
import {
  Figure,
  FigureGrid,
  Money,
  formatMinutes,
  formatShare,
  toMicros,
} from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { cutOffShare, hasSetting } from './tried';

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
  const list = money && toMicros(money.listMicros);
  const costs = list !== undefined && list < 0n;
  const savingBase = () => {
    if (!money) {
      return t('advice.detail.figure.none');
    }
    if (!advice.money) {
      return t('advice.detail.figure.heldBase');
    }
    return costs
      ? t('advice.detail.figure.costsBase')
      : t('advice.detail.figure.savingBaseOnly');
  };
  const realisable = money?.realisableMicros;
  const realisableBase = () => {
    if (realisable === undefined) {
      return advice.money
        ? t('advice.detail.figure.realisableUnknown')
        : t('advice.detail.figure.realisableHeld');
    }
    const micros = toMicros(realisable);
    if (micros === 0n) {
      return t('advice.detail.figure.realisableZero');
    }
    return micros < 0n
      ? t('advice.detail.figure.realisableAdds')
      : t('advice.detail.figure.realisableBase');
  };
  const days = t('advice.dayCount', {
    count: backtest?.days ?? evidence.days,
  });
  const triedBase = (
    part: 'throttledMinutes' | 'oomKills',
    format: (value: number) => string,
  ) => {
    if (!backtest) {
      return t('advice.detail.figure.noBacktest');
    }
    if (part === 'throttledMinutes' && !advice.cpu.usage) {
      return t('advice.detail.noSamples');
    }
    return hasSetting(advice)
      ? t('advice.detail.figure.againstNow', {
          now: format(backtest.current[part]),
        })
      : t('advice.detail.figure.asNow');
  };
  const throttledNow = cutOffShare(advice);
  const tried = (
    part: 'throttledMinutes' | 'oomKills',
    format: (value: number) => string,
  ) => ({
    value:
      backtest && (part === 'oomKills' || advice.cpu.usage)
        ? format(backtest.proposed[part])
        : UNKNOWN,
    comparison: triedBase(part, format),
  });
  return (
    <FigureGrid>
      <Figure
        label={t(`advice.detail.figure.${costs ? 'costs' : 'saving'}`)}
        value={
          list === undefined ? (
            UNKNOWN
          ) : (
            <Money micros={costs ? -list : list} currency={currency} />
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
        comparison={realisableBase()}
      />
      <Figure
        label={t('advice.detail.figure.confidence')}
        value={formatShare(advice.confidence)}
        comparison={t('advice.detail.figure.confidenceBase', {
          days: t('advice.dayCount', { count: evidence.days }),
          coverage: formatShare(evidence.coverage),
          appetite: t(
            `advice.detail.appetite.${evidence.appetite.value}`,
          ).toLowerCase(),
        })}
        onOrigin={onOrigin}
      />
      <Figure
        label={t('advice.detail.figure.throttled', { days })}
        {...tried('throttledMinutes', formatMinutes)}
        {...(throttledNow !== undefined && {
          comparison: t('advice.detail.figure.measured', {
            share: formatShare(throttledNow),
          }),
        })}
      />
      <Figure
        label={t('advice.detail.figure.oom', { days })}
        {...tried('oomKills', String)}
      />
    </FigureGrid>
  );
}
