import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import { entityName } from '@headroom/react';
import { ScalingWorkload } from '@headroom/plugin-scaling-common';
import { useScalingTranslation } from '../../useScalingTranslation';
import { useEntityScalingHref } from '../links';

const useStyles = makeStyles(theme => ({
  root: { minWidth: 120, maxWidth: 280, overflowWrap: 'anywhere' },
  second: {
    fontSize: 12,
    lineHeight: 1.35,
    fontWeight: theme.typography.fontWeightRegular as number,
    color: theme.palette.text.secondary,
  },
}));

/** `shop/web`, and below it what it is, where, what steers it and whose it is. */
export function WorkloadName(props: {
  workload: ScalingWorkload;
  /** Leaves out the service: the page is about it. */
  ofEntity?: boolean;
}) {
  const { workload, ofEntity } = props;
  const { kind, namespace, name, cluster, steeredBy, entityRef } = workload;
  const classes = useStyles();
  const { t } = useScalingTranslation();
  const href = useEntityScalingHref();
  return (
    <div className={classes.root}>
      {namespace}/{name}
      <div className={classes.second}>
        {kind} · {cluster}
        {steeredBy && ` · ${t('workload.steeredBy', { steeredBy })}`}
      </div>
      {!ofEntity && entityRef && (
        <div className={classes.second}>
          <Link to={href(entityRef)}>{entityName(entityRef)}</Link>
        </div>
      )}
    </div>
  );
}

/** A workload where there is little room: `shop/web (us-west)`. */
export function shortWorkloadText(workload: ScalingWorkload): string {
  const { namespace, name, cluster } = workload;
  return `${namespace}/${name} (${cluster})`;
}

/** A workload in one line, for those who filter, download or listen. */
export function workloadText(workload: ScalingWorkload): string {
  const { kind, namespace, name, cluster } = workload;
  return `${kind} ${namespace}/${name} (${cluster})`;
}
