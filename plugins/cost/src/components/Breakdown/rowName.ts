import { parseEntityRef } from '@backstage/catalog-model';
import { BreakdownRow } from '@headroom/plugin-cost-common';

/** What a row or a mover is called: its label, or the name in it when that is an entity reference. */
export function rowName(
  row: Pick<BreakdownRow, 'label' | 'entityRef'>,
): string {
  return row.entityRef !== undefined && row.label === row.entityRef
    ? parseEntityRef(row.entityRef).name
    : row.label;
}
