import { makeStyles } from '@material-ui/core/styles';
import { InForceRow } from '@headroom/plugin-scaling-common';
import { useScalingTranslation } from '../../useScalingTranslation';
import { useScalingWording } from '../../useScalingWording';
import { OverrideNote } from '../Override';
import { PolicyLink } from '../tags';
import { ContestNote } from './ContestNote';

const useStyles = makeStyles(theme => ({
  root: { minWidth: 220, maxWidth: 440, overflowWrap: 'anywhere' },
  details: { fontSize: 12, '& summary': { cursor: 'pointer' } },
  list: {
    margin: theme.spacing(0.5, 0),
    paddingLeft: theme.spacing(2),
  },
}));

/** Why a workload is as it is: the sentence, the exception, who takes it back, and which policies lost. */
export function BecauseCell(props: {
  row: InForceRow;
  mayOverride: boolean;
  onChanged: () => void;
}) {
  const { row, mayOverride, onChanged } = props;
  const { because, gap, lead, losers, override } = row;
  const classes = useStyles();
  const { t } = useScalingTranslation();
  const wordingOf = useScalingWording();
  return (
    <div className={classes.root}>
      {wordingOf(because)}
      {gap && <div>{wordingOf(gap)}</div>}
      {lead && <div className={classes.details}>{wordingOf(lead)}</div>}
      {override && (
        <OverrideNote
          override={override}
          mayEnd={mayOverride}
          onEnded={onChanged}
        />
      )}
      <ContestNote row={row} onChanged={onChanged} />
      {losers.length > 0 && (
        <details className={classes.details}>
          <summary>{t('inForce.losers', { count: losers.length })}</summary>
          <ul className={classes.list}>
            {losers.map(loser => (
              <li key={loser.id}>
                <PolicyLink policy={loser} /> {wordingOf(loser.reason)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
