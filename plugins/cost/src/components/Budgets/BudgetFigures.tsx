import { addDays, daysBetween } from '@headroom/common';
import { BudgetReport, BudgetStatus } from '@headroom/plugin-cost-common';
import {
  Figure,
  FigureGrid,
  formatDay,
  formatDayRange,
  formatMoney,
  formatShare,
  Money,
  shareOf,
  toMicros,
  useMoneyRange,
} from '@headroom/react';
import {
  useBudgetTranslation,
  useBudgetWording,
} from '../../useBudgetTranslation';

/** What is spent, what is left, where it is heading, and where it would with the advice taken. */
export function BudgetFigures(props: {
  report: BudgetReport;
  status: BudgetStatus;
}) {
  const { report, status } = props;
  const { currency } = report.budget;
  const { t } = useBudgetTranslation();
  const money = (micros: bigint) => (
    <Money micros={micros} currency={currency} />
  );
  const limit = toMicros(status.limit);
  const spent = toMicros(status.spent);
  const left = limit - spent;
  const window = formatDayRange(status.start, status.end);
  const carried = toMicros(status.carried);
  const { closed } = status;
  return (
    <FigureGrid>
      <Figure
        label={t('spent')}
        value={money(spent)}
        comparison={
          <>
            {limit > 0n
              ? t('spentBase', {
                  share: formatShare(shareOf(spent, limit)),
                  limit: formatMoney(limit, currency),
                  window,
                })
              : t('spentBaseZero', { window })}
            {carried !== 0n && (
              <div>
                {t('carried', { amount: formatMoney(carried, currency) })}
              </div>
            )}
            {closed && (
              <div>
                {t(closed.knownFrom ? 'closedAtLeast' : 'closed', {
                  window: formatDayRange(closed.start, closed.end),
                  spent: formatMoney(toMicros(closed.spent), currency),
                  limit: formatMoney(toMicros(closed.limit), currency),
                })}
              </div>
            )}
          </>
        }
      />
      <Figure
        label={left < 0n ? t('overspent') : t('left')}
        value={money(left < 0n ? -left : left)}
        comparison={
          status.breachedOn
            ? t('leftBreached', { day: formatDay(status.breachedOn) })
            : t('leftBase', {
                count: daysBetween(addDays(status.today, 1), status.end),
              })
        }
      />
      <ForecastFigure status={status} currency={currency} />
      <AdviceFigure report={report} />
    </FigureGrid>
  );
}

function ForecastFigure(props: { status: BudgetStatus; currency: string }) {
  const { currency } = props;
  const { projection } = props.status;
  const { t } = useBudgetTranslation();
  const rangeOf = useMoneyRange();
  const wordingOf = useBudgetWording();
  if (projection.status !== 'ok') {
    return (
      <Figure
        label={t('forecast')}
        value={t('forecastNone')}
        comparison={wordingOf({
          message: projection.reason,
          wording: projection.wording,
        })}
      />
    );
  }
  const { total, low, high, confidence, backtestError } = projection;
  return (
    <Figure
      label={t('forecast')}
      value={<Money micros={toMicros(total)} currency={currency} />}
      comparison={
        <>
          {t('forecastBase', {
            range: rangeOf(toMicros(low), toMicros(high), currency),
            confidence: formatShare(confidence),
          })}
          {backtestError !== undefined && (
            <div>
              {t('forecastError', { error: formatShare(backtestError) })}
            </div>
          )}
        </>
      }
    />
  );
}

function AdviceFigure({ report }: { report: BudgetReport }) {
  const { advice, budget } = report;
  const { t } = useBudgetTranslation();
  return (
    <Figure
      label={t('withAdvice')}
      value={
        advice?.forecast === undefined ? (
          '–'
        ) : (
          <Money
            micros={toMicros(advice.forecast)}
            currency={budget.currency}
          />
        )
      }
      comparison={
        advice
          ? t('withAdviceBase', {
              saving: formatMoney(toMicros(advice.perMonth), budget.currency),
            })
          : t('noAdvice')
      }
    />
  );
}
