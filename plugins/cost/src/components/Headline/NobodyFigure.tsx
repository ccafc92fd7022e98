import { ReportBase } from '@headroom/plugin-cost-common';
import { formatShare } from '../../format';
import { useCostTranslation } from '../../useCostTranslation';
import { Money } from '../Money';
import { Swatch } from '../Swatch';
import { Figure } from './Figure';

/** Idle capacity or unallocated cost of the fleet, as a share of everything. */
export function NobodyFigure(props: {
  kind: 'idle' | 'unallocated';
  micros: bigint;
  total: bigint;
  report: Pick<ReportBase, 'currency'>;
  onOrigin?: () => void;
}) {
  const { kind, micros, total, report, onOrigin } = props;
  const { t } = useCostTranslation();
  return (
    <Figure
      label={t(`nobody.${kind}`)}
      mark={<Swatch kind={kind} />}
      value={<Money micros={micros} currency={report.currency} />}
      comparison={
        total > 0n
          ? t(`nobody.${kind}Share`, {
              share: formatShare(Number((micros * 10_000n) / total) / 10_000),
            })
          : t(`nobody.${kind}Base`)
      }
      onOrigin={onOrigin}
    />
  );
}
