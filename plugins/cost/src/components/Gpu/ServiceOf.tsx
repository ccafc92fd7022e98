import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import { scopeParams, useCostScope } from '../../scope';
import { useCostTranslation } from '../../useCostTranslation';
import { entityName } from '../Advice/adviceRows';
import { useCostTabHref } from '../CostEntityLink';
import { Swatch } from '../Swatch';

const useStyles = makeStyles({ root: { overflowWrap: 'anywhere' } });

/** The service something belongs to, as the way to its GPUs in the same window; or that it belongs to none. */
export function ServiceOf(props: { entityRef: string | undefined }) {
  const { entityRef } = props;
  const classes = useStyles();
  const { t } = useCostTranslation();
  const [scope] = useCostScope();
  const tabHref = useCostTabHref();
  if (!entityRef) {
    return (
      <span>
        <Swatch kind="unallocated" />
        {t('advice.table.unallocated')}
      </span>
    );
  }
  const query = scopeParams(scope).toString();
  return (
    <Link
      to={`${tabHref(entityRef)}/gpu${query && `?${query}`}`}
      className={classes.root}
    >
      {entityName(entityRef)}
    </Link>
  );
}
