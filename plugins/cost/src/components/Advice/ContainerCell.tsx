import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import { AdviceRow } from '@headroom/plugin-cost-common';
import { entityName } from '@headroom/react';
import { useCostTabHref } from '../CostEntityLink';
import { useCostTranslation } from '../../useCostTranslation';
import { Swatch } from '../Swatch';
import { rowName } from './adviceRows';
import { useAdviceHref } from './useAdviceHref';

const useStyles = makeStyles(theme => ({
  root: { minWidth: 120, maxWidth: 240, overflowWrap: 'anywhere' },
  second: {
    fontSize: 12,
    lineHeight: 1.35,
    color: theme.palette.text.secondary,
  },
}));

/** Which container, the way to its page and, in the fleet, to its service. */
export function ContainerCell(props: { row: AdviceRow; fleet?: boolean }) {
  const { row, fleet } = props;
  const { kind, namespace } = row.workload;
  const classes = useStyles();
  const { t } = useCostTranslation();
  const adviceHref = useAdviceHref();
  const tabHref = useCostTabHref();
  return (
    <div className={classes.root}>
      <Link to={adviceHref(row.id)}>{rowName(row)}</Link>
      <div className={classes.second}>
        {[kind, namespace, row.cluster].join(' · ')}
      </div>
      {fleet && (
        <div className={classes.second}>
          {row.entityRef ? (
            <Link to={`${tabHref(row.entityRef)}/advice`}>
              {entityName(row.entityRef)}
            </Link>
          ) : (
            <>
              <Swatch kind="unallocated" />
              {t('advice.table.unallocated')}
            </>
          )}
        </div>
      )}
    </div>
  );
}
