import { BreakdownRow, CostScope } from '@headroom/plugin-cost-common';
import { useCostTranslation } from '../../useCostTranslation';
import { CostEntityLink } from '../CostEntityLink';
import { Swatch } from '../Swatch';
import { breakdownRowName, RowDimension } from './rowName';

/** What a row is called, and the way to its entity. Idle and Unallocated carry their pattern. */
export function RowLabel(props: {
  row: BreakdownRow;
  dimension: RowDimension;
  scope: CostScope;
}) {
  const { row, dimension, scope } = props;
  const { t } = useCostTranslation();
  const name = breakdownRowName(row, dimension, t);
  if (row.kind !== 'normal') {
    return (
      <span title={t(`nobody.${row.kind}Base`)}>
        <Swatch kind={row.kind} />
        {name}
      </span>
    );
  }
  return row.entityRef ? (
    <CostEntityLink entityRef={row.entityRef} scope={scope}>
      {name}
    </CostEntityLink>
  ) : (
    <>{name}</>
  );
}
