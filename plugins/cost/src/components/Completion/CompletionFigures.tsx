import { CompletionReport } from '@headroom/plugin-cost-common';
import { SavingsSummary } from '@headroom/plugin-scaling-common';
import {
  Figure,
  FigureGrid,
  formatChange,
  formatMoney,
  Money,
  toMicros,
  useMoneyRange,
} from '@headroom/react';
import { useCompletionTranslation } from '../../useCompletionTranslation';

/** What a day costs, by how much that is another amount, and whether services held. */
export function CompletionFigures(props: {
  report: CompletionReport;
  /** Absent where nobody measures. */
  savings?: SavingsSummary;
}) {
  const { report, savings } = props;
  const { spend, currency, now, levels } = report;
  const { t } = useCompletionTranslation();
  const rangeOf = useMoneyRange();
  const money = (micros: string) => formatMoney(toMicros(micros), currency);
  const { held, broken, unknown } = levels.counts;
  const before = money(spend.beforePerDay);
  const measured = savings?.measured;
  return (
    <FigureGrid>
      <Figure
        label={t('figure.perDay')}
        value={
          <Money micros={toMicros(spend.afterPerDay)} currency={currency} />
        }
        comparison={
          spend.changeRatio === undefined
            ? t('figure.perDayOnly', { before })
            : t('figure.perDayBase', {
                before,
                ratio: formatChange(spend.changeRatio),
              })
        }
      />
      <Figure
        label={t('figure.change', { days: String(now.days) })}
        value={
          <Money micros={toMicros(spend.change)} currency={currency} change />
        }
        comparison={t('figure.changeBase', {
          before: money(spend.before),
          after: money(spend.after),
        })}
      />
      <Figure
        label={t('figure.levels')}
        value={t('figure.levelsValue', {
          held: String(held),
          all: String(held + broken + unknown),
        })}
        comparison={t('figure.levelsBase', {
          broken: String(broken),
          unknown: String(unknown),
        })}
      />
      {measured && (
        <Figure
          label={t('figure.measured')}
          value={
            <Money
              micros={toMicros(measured.saved)}
              currency={measured.currency}
            />
          }
          comparison={t('figure.measuredBase', {
            range: rangeOf(
              toMicros(measured.low),
              toMicros(measured.high),
              measured.currency,
            ),
          })}
        />
      )}
    </FigureGrid>
  );
}
