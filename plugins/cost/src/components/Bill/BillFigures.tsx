import { BillBasis, BillOfCurrency } from '@headroom/plugin-cost-common';
import {
  Figure,
  FigureGrid,
  formatMoney,
  Money,
  toMicros,
} from '@headroom/react';
import { useBillTranslation } from '../../useBillTranslation';

/** What was billed, and what of it is somebody's. */
export function BillFigures(props: { bill: BillOfCurrency; basis: BillBasis }) {
  const { bill, basis } = props;
  const { currency, allocated } = bill;
  const { t } = useBillTranslation();
  const machines = toMicros(allocated.machines);
  const direct = toMicros(allocated.direct);
  const money = (micros: bigint) => (
    <Money micros={micros} currency={currency} />
  );
  return (
    <FigureGrid>
      <Figure
        label={t(`total.${basis}`)}
        value={money(toMicros(bill.total))}
        comparison={t(`totalBase.${basis}`)}
      />
      <Figure
        label={t('allocated')}
        value={money(machines + direct)}
        comparison={t('allocatedBase', {
          machines: formatMoney(machines, currency),
          direct: formatMoney(direct, currency),
        })}
      />
      <Figure
        label={t('idle')}
        value={money(toMicros(allocated.idle))}
        comparison={t('idleBase')}
      />
      <Figure
        label={t('notAllocated')}
        value={money(toMicros(allocated.notAllocated))}
        comparison={t('notAllocatedBase')}
      />
    </FigureGrid>
  );
}
