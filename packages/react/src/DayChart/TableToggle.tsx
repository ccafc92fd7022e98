import Button from '@material-ui/core/Button';
import { useHeadroomTranslation } from '../translation/useHeadroomTranslation';
import { useUrlParam } from '../useUrlParam';

/**
 * Whether a chart is shown as a table, as the URL says.
 *
 * @param param - name of the URL's parameter
 *
 * @public
 */
export function useShownAsTable(param: string): boolean {
  return useUrlParam(param)[0] === 'table';
}

/** Shows a chart as a table, and back. @public */
export function TableToggle(props: {
  /** Name of the URL's parameter. */
  param: string;
}) {
  const { t } = useHeadroomTranslation();
  const [view, setView] = useUrlParam(props.param);
  const asTable = view === 'table';
  return (
    <Button
      size="small"
      aria-pressed={asTable}
      onClick={() => setView(asTable ? undefined : 'table')}
    >
      {t('chart.showTable')}
    </Button>
  );
}
