import { makeStyles } from '@material-ui/core/styles';
import { AdviceReason } from '@headroom/plugin-cost-common';
import { useCostTranslation } from '../../useCostTranslation';
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
  if (reasons.length === 0) {
    return null;
  }
  return (
    <dl className={classes.root}>
      {reasons.map(({ code, message }, index) => [
        <dt key={`${code}-${index}-word`}>
          <Tag tone={withheld ? 'wait' : 'plain'}>
            {t(`advice.reason.${code}`)}
          </Tag>
        </dt>,
        <dd key={`${code}-${index}-sentence`}>{message}</dd>,
      ])}
    </dl>
  );
}
