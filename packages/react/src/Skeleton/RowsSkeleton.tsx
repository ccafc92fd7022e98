import { useHeadroomTranslation } from '../translation/useHeadroomTranslation';
import { Block } from './Block';

const ROW_HEIGHT = 36;
const MOST_ROWS = 10;

/** A table before its rows are there. @public */
export function RowsSkeleton(props: { rows: number }) {
  const { t } = useHeadroomTranslation();
  const rows = Math.max(1, Math.min(props.rows, MOST_ROWS));
  return (
    <div role="status" aria-label={t('loading')}>
      <Block height={rows * ROW_HEIGHT} />
    </div>
  );
}
