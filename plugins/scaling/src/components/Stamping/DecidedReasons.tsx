import {
  DecidedReason,
  SCALING_SIGNALS,
} from '@headroom/plugin-scaling-common';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useScalingTranslation } from '../../useScalingTranslation';
import { useScalingWording } from '../../useScalingWording';

const useStyles = makeStyles(theme => ({
  list: {
    margin: 0,
    display: 'grid',
    gridTemplateColumns: 'minmax(120px, max-content) 1fr',
    columnGap: theme.spacing(2),
    rowGap: theme.spacing(1),
    ...theme.typography.body2,
    [theme.breakpoints.down('xs')]: { gridTemplateColumns: '1fr' },
  },
  term: { fontWeight: 500 },
  description: { margin: 0 },
  avoids: {
    margin: theme.spacing(0.5, 0, 0),
    paddingLeft: theme.spacing(2),
    color: theme.palette.text.secondary,
  },
}));

/** What follows from the answers: each choice with its reason, and the mistakes that it avoids. */
export function DecidedReasons(props: { reasons: readonly DecidedReason[] }) {
  const classes = useStyles();
  const { t } = useScalingTranslation();
  const wordingOf = useScalingWording();
  const printed = (field: DecidedReason['field'], value: string) => {
    if (field === 'spot') {
      return t(`stamping.decision.${value === 'true' ? 'yes' : 'no'}`);
    }
    const signal = SCALING_SIGNALS.find(each => each === value);
    return signal ? t(`stamping.decision.signals.${signal}`) : value;
  };
  return (
    <section>
      <Typography variant="subtitle2" component="h4" gutterBottom>
        {t('stamping.decision.reasons')}
      </Typography>
      <dl className={classes.list}>
        {props.reasons.map(({ field, value, reason, avoids }) => [
          <dt key={`${field} ${value} term`} className={classes.term}>
            {t(`stamping.decision.fields.${field}`)}: {printed(field, value)}
          </dt>,
          <dd key={`${field} ${value}`} className={classes.description}>
            {wordingOf(reason)}
            {avoids.length > 0 && (
              <ul className={classes.avoids}>
                {avoids.map(said => (
                  <li key={said.message}>
                    {t('stamping.decision.avoids', { what: wordingOf(said) })}
                  </li>
                ))}
              </ul>
            )}
          </dd>,
        ])}
      </dl>
    </section>
  );
}
