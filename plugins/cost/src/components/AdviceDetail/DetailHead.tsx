import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { AdviceRow } from '@headroom/plugin-cost-common';
import { entityName } from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { rowName } from '../Advice/adviceRows';
import { StatusTag } from '../Advice/StatusTag';
import { useCostTabHref } from '../CostEntityLink';

const useStyles = makeStyles(theme => ({
  title: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1.5),
  },
}));

/** Which container an advice is on, and whose it is. */
export function DetailHead(props: { row: AdviceRow }) {
  const { row } = props;
  const classes = useStyles();
  const { t } = useCostTranslation();
  const tabHref = useCostTabHref();
  return (
    <div>
      <div className={classes.title}>
        <Typography variant="h5" component="h2">
          {rowName(row)}
        </Typography>
        <StatusTag status={row.status} />
      </div>
      <Typography variant="body2">
        {[
          `${row.workload.kind} ${row.workload.namespace}/${row.workload.name}`,
          t('advice.detail.container', { container: row.container }),
          row.cluster,
        ].join(' · ')}
        {row.entityRef && (
          <>
            {' · '}
            <Link underline="always" to={tabHref(row.entityRef)}>
              {entityName(row.entityRef)}
            </Link>
          </>
        )}
      </Typography>
    </div>
  );
}
