import { Link } from '@backstage/core-components';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { CheckedPlace } from '@headroom/plugin-scaling-common';
import { Notice } from '@headroom/react';
import { useId, useState } from 'react';
import { useScalingTranslation } from '../../useScalingTranslation';
import { useScalingWording } from '../../useScalingWording';
import { FindingRow } from './FindingRow';

/** Of a place, before the rest is asked for. */
const SHOWN = 5;

const useStyles = makeStyles(theme => ({
  root: { marginTop: theme.spacing(2) },
  list: { margin: theme.spacing(1, 0, 0), padding: 0 },
  unknown: {
    display: 'grid',
    gap: theme.spacing(1),
    marginTop: theme.spacing(1),
  },
}));

/** What was found at one place, what is broken first. */
export function PlaceFindings(props: { checked: CheckedPlace }) {
  const { place, objects, findings, more, unknown } = props.checked;
  const classes = useStyles();
  const { t } = useScalingTranslation();
  const wordingOf = useScalingWording();
  const [isAll, setAll] = useState(false);
  const titleId = useId();
  const sorted = [
    ...findings.filter(({ severity }) => severity === 'error'),
    ...findings.filter(({ severity }) => severity === 'warning'),
  ];
  const shown = isAll ? sorted : sorted.slice(0, SHOWN);
  const nothing =
    objects === 0 && unknown.length > 0
      ? t('manifests.unknownHere')
      : t('manifests.nothing', { count: objects });
  return (
    <section className={classes.root} aria-labelledby={titleId}>
      <Typography variant="subtitle1" component="h3" id={titleId}>
        {place.type === 'cluster' ? (
          t('manifests.cluster', {
            cluster: place.cluster,
            namespace: place.namespace,
          })
        ) : (
          <>
            {t('manifests.repository')} <Link to={place.url}>{place.url}</Link>
          </>
        )}
      </Typography>
      {unknown.length > 0 && (
        <div className={classes.unknown}>
          {unknown.map(said => (
            <Notice key={said.message} severity="warning">
              {wordingOf(said)}
            </Notice>
          ))}
        </div>
      )}
      {findings.length === 0 ? (
        <Typography variant="body2">{nothing}</Typography>
      ) : (
        <ul className={classes.list} aria-labelledby={titleId}>
          {shown.map((finding, index) => (
            <FindingRow
              key={`${finding.rule} ${finding.path.join('.')} ${index}`}
              finding={finding}
            />
          ))}
        </ul>
      )}
      {sorted.length > shown.length && (
        <Button size="small" onClick={() => setAll(true)}>
          {t('manifests.showAll', { count: sorted.length - shown.length })}
        </Button>
      )}
      {isAll && more > 0 && (
        <Typography variant="body2" color="textSecondary">
          {t('manifests.beyond', { count: more })}
        </Typography>
      )}
    </section>
  );
}
