import { formatQuantity, Notice } from '@headroom/react';
import { useScalingTranslation } from '../useScalingTranslation';
import { LoadedRows } from './loadRows';

/** Says that a table has the first rows only, where there are more. */
export function MoreRows(props: { loaded: LoadedRows<unknown> }) {
  const { rows, total } = props.loaded;
  const { t } = useScalingTranslation();
  return rows.length < total ? (
    <Notice severity="info">
      {t('filter.more', {
        shown: formatQuantity(rows.length),
        total: formatQuantity(total),
      })}
    </Notice>
  ) : null;
}
