import { parseEntityRef } from '@backstage/catalog-model';
import {
  BreakdownRow,
  FleetDimension,
  ServiceDimension,
} from '@headroom/plugin-cost-common';
import { CostTranslate } from '../../useCostTranslation';

/** What the rows of a table are. */
export type RowDimension = FleetDimension | ServiceDimension;

const SEPARATOR = ' · ';
/** Key of the row whose value nobody told. */
const UNKNOWN_KEY = '-';

/** What a row or a mover is called: its label, or the name in it when that is an entity reference. */
export function rowName(
  row: Pick<BreakdownRow, 'label' | 'entityRef'>,
): string {
  return row.entityRef !== undefined && row.label === row.entityRef
    ? parseEntityRef(row.entityRef).name
    : row.label;
}

/** What a row of a breakdown is called, in the reader's language where it has no name of its own. */
export function breakdownRowName(
  row: BreakdownRow,
  dimension: RowDimension,
  t: CostTranslate,
): string {
  const { kind, key, label } = row;
  if (kind !== 'normal') {
    // Behind the kind stands what it is of: a cluster, a region.
    const [, ...of] = label.split(SEPARATOR);
    return [t(`nobody.${kind}`), ...of].join(SEPARATOR);
  }
  if (key === UNKNOWN_KEY) {
    return t(`unknownRow.${dimension}`);
  }
  // What a pod has besides its containers is keyed namespace/kind/workload/.
  if (dimension === 'container' && key.endsWith('/')) {
    const workload = key.split('/').at(-2) ?? '';
    return [workload, t('breakdown.podLevel')].join(SEPARATOR);
  }
  if (dimension === 'capacity' && (key === 'spot' || key === 'on-demand')) {
    return t(`capacity.${key}`);
  }
  return rowName(row);
}
