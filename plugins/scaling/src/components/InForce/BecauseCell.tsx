import { makeStyles } from '@material-ui/core/styles';
import { InForceRow } from '@headroom/plugin-scaling-common';
import { Notice } from '@headroom/react';
import { momentText } from '../../format';
import { useScalingSettings } from '../../settings';
import { useScalingTranslation } from '../../useScalingTranslation';
import { useScalingWording } from '../../useScalingWording';
import { OverrideNote } from '../Override';
import { PolicyLink } from '../tags';

const useStyles = makeStyles(theme => ({
  root: { minWidth: 220, maxWidth: 440, overflowWrap: 'anywhere' },
  details: { fontSize: 12, '& summary': { cursor: 'pointer' } },
  list: {
    margin: theme.spacing(0.5, 0),
    paddingLeft: theme.spacing(2),
  },
  patch: {
    margin: theme.spacing(0.5, 0),
    padding: theme.spacing(1),
    backgroundColor: theme.palette.action.hover,
    overflowX: 'auto',
    fontSize: 12,
  },
}));

/** Why a workload is as it is: the sentence, the exception, who takes it back, and which policies lost. */
export function BecauseCell(props: {
  row: InForceRow;
  mayOverride: boolean;
  onChanged: () => void;
}) {
  const { row, mayOverride, onChanged } = props;
  const { because, gap, lead, losers, override, contested } = row;
  const classes = useStyles();
  const { t } = useScalingTranslation();
  const wordingOf = useScalingWording();
  const { timezone } = useScalingSettings();
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
      {contested && (
        <Notice severity="error">
          {wordingOf(contested.text)}{' '}
          {t('inForce.contestedSince', {
            manager: contested.manager,
            at: momentText(contested.since, timezone),
          })}
          <details className={classes.details}>
            <summary>{t('inForce.patch')}</summary>
            <pre className={classes.patch}>{contested.patch}</pre>
          </details>
        </Notice>
      )}
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
