import { BreakdownRow, CostScope } from '@headroom/plugin-cost-common';
import { useCostTranslation } from '../../useCostTranslation';
import { CostEntityLink } from '../CostEntityLink';
import { Swatch } from '../Swatch';
import { rowName } from './rowName';

/** What a row is called, and the way to its entity. Idle and Unallocated carry their pattern. */
export function RowLabel(props: { row: BreakdownRow; scope: CostScope }) {
  const { row, scope } = props;
  const { t } = useCostTranslation();
  if (row.kind !== 'normal') {
    return (
      <span title={t(`nobody.${row.kind}Base`)}>
        <Swatch kind={row.kind} />
        {row.label}
      </span>
    );
  }
  return row.entityRef ? (
    <CostEntityLink entityRef={row.entityRef} scope={scope}>
      {rowName(row)}
    </CostEntityLink>
  ) : (
    <>{row.label}</>
  );
}
