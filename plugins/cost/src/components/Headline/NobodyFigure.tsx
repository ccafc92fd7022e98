import { ReportBase } from '@headroom/plugin-cost-common';
import { Figure, Money, formatShare, shareOf } from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { Swatch } from '../Swatch';

/** Idle capacity or unallocated cost of the fleet, as a share of everything. */
export function NobodyFigure(props: {
  kind: 'idle' | 'unallocated';
  /** Idle capacity is shared: the amount is what could not be. */
  afterSharing?: boolean;
  micros: bigint;
  total: bigint;
  report: Pick<ReportBase, 'currency'>;
  onOrigin?: () => void;
}) {
  const { kind, afterSharing, micros, total, report, onOrigin } = props;
  const { t } = useCostTranslation();
  const text = afterSharing ? 'idleLeft' : kind;
  return (
    <Figure
      label={t(`nobody.${kind}`)}
      mark={<Swatch kind={kind} />}
      value={<Money micros={micros} currency={report.currency} />}
      comparison={
        total > 0n
          ? t(`nobody.${text}Share`, {
              share: formatShare(shareOf(micros, total)),
            })
          : t(`nobody.${text}Base`)
      }
      onOrigin={onOrigin}
    />
  );
}
