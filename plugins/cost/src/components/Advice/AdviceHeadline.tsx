import { AdviceReport } from '@headroom/plugin-cost-common';
import {
  Figure,
  FigureGrid,
  Money,
  formatMoney,
  formatShare,
  shareOf,
  toMicros,
} from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { AdviceFigure } from './adviceExplanation';

/** The five figures above a table of advice: what could be saved, and what is held back. */
export function AdviceHeadline(props: {
  report: AdviceReport;
  onOrigin: (figure: AdviceFigure) => void;
}) {
  const { report, onOrigin } = props;
  const { totals, currency } = report;
  const { change, keep, withheld } = totals.containers;
  const { t } = useCostTranslation();
  const list = toMicros(totals.listSaving);
  const realisable = toMicros(totals.realisableSaving);
  const includingHeld = toMicros(totals.includingHeld);
  const held = includingHeld - list;
  const money = (micros: bigint) => (
    <Money micros={micros} currency={currency} />
  );
  return (
    <FigureGrid>
      <Figure
        label={t('advice.figure.list')}
        value={money(list)}
        comparison={t('advice.figure.listBase', { count: change })}
        onOrigin={() => onOrigin('list')}
      />
      <Figure
        label={t('advice.figure.realisable')}
        value={money(realisable)}
        comparison={
          list > 0n
            ? t('advice.figure.realisableBase', {
                share: formatShare(shareOf(realisable, list)),
              })
            : t('advice.figure.realisableNone')
        }
        onOrigin={() => onOrigin('realisable')}
      />
      <Figure
        label={t('advice.figure.includingHeld')}
        value={money(includingHeld)}
        comparison={
          held === 0n
            ? t('advice.figure.includingHeldNone')
            : t('advice.figure.includingHeldBase', {
                held: formatMoney(held, currency),
              })
        }
        onOrigin={() => onOrigin('includingHeld')}
      />
      <Figure
        label={t('advice.figure.containers')}
        value={String(change)}
        comparison={t('advice.figure.containersBase', {
          all: String(change + keep + withheld),
          keep: String(keep),
          withheld: String(withheld),
        })}
        onOrigin={() => onOrigin('containers')}
      />
      <Figure
        label={t('advice.figure.decidedAgainst')}
        value={money(toMicros(totals.decidedAgainst))}
        comparison={t('advice.figure.decidedAgainstBase')}
        onOrigin={() => onOrigin('decidedAgainst')}
      />
    </FigureGrid>
  );
}
