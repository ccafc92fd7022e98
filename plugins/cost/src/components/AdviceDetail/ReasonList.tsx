import { makeStyles } from '@material-ui/core/styles';
import { AdviceReason } from '@headroom/plugin-cost-common';
import { useCostTranslation } from '../../useCostTranslation';
import { useCostWording } from '../../useCostWording';
import { Tag } from '@headroom/react';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'max-content 1fr',
    gap: theme.spacing(0.75, 1.5),
    alignItems: 'baseline',
    margin: theme.spacing(1, 0),
    fontSize: theme.typography.body2.fontSize,
    '& dt, & dd': { margin: 0 },
  },
}));

/** Why advice is as it is, or is held back: each reason has a label and a sentence. */
export function ReasonList(props: {
  reasons: readonly AdviceReason[];
  withheld: boolean;
}) {
  const { reasons, withheld } = props;
  const classes = useStyles();
  const { t } = useCostTranslation();
  const wordingOf = useCostWording();
  if (reasons.length === 0) {
    return null;
  }
  return (
    <dl className={classes.root}>
      {reasons.map((reason, index) => [
        <dt key={`${reason.code}-${index}-word`}>
          <Tag tone={withheld ? 'wait' : 'plain'}>
            {t(`advice.reason.${reason.code}`)}
          </Tag>
        </dt>,
        <dd key={`${reason.code}-${index}-sentence`}>{wordingOf(reason)}</dd>,
      ])}
    </dl>
  );
}
