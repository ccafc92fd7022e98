import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { RunningService } from '@headroom/plugin-cost-common';
import { Notice, Section, useWording } from '@headroom/react';
import { RUNNING_CATALOGUES } from '../../messages/runningMessages';
import { costRunningTranslationRef } from '../../runningTranslation';
import { useRunningTranslation } from '../../useRunningTranslation';
import { RunningSentences } from './RunningSentences';
import { RunningTable } from './RunningTable';
import { useRunning } from './useRunning';

const useStyles = makeStyles(theme => ({
  column: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1),
  },
  prices: { margin: 0, paddingLeft: theme.spacing(2.5) },
}));

/** Where the prices come from, each said once. */
function Prices(props: { running: RunningService }) {
  const classes = useStyles();
  const { t } = useRunningTranslation();
  const wordingOf = useWording(costRunningTranslationRef, RUNNING_CATALOGUES);
  const sentences = new Set(
    props.running.workloads.flatMap(({ prices }) =>
      prices.map(({ said }) => wordingOf(said)),
    ),
  );
  return sentences.size === 0 ? null : (
    <div>
      <Typography variant="subtitle2" component="h3">
        {t('prices')}
      </Typography>
      <Typography
        variant="body2"
        color="textSecondary"
        component="ul"
        className={classes.prices}
      >
        {[...sentences].map(sentence => (
          <li key={sentence}>{sentence}</li>
        ))}
      </Typography>
    </div>
  );
}

/**
 * What runs of a service now and what that costs, for as long as measured figures
 * don't tell. Nothing where nothing runs yet, or nobody may know.
 */
export function RunningNow(props: {
  entityRef: string;
  /** As the page is asked for; else the stored one. */
  currency?: string;
  /** There are measured hours already, and no projection. */
  measured: boolean;
  /** Of the download, without extension. */
  fileName: string;
}) {
  const { entityRef, currency, measured, fileName } = props;
  const classes = useStyles();
  const { t } = useRunningTranslation();
  const wordingOf = useWording(costRunningTranslationRef, RUNNING_CATALOGUES);
  const running = useRunning(entityRef, currency);
  if (!running) {
    return null;
  }
  return (
    <Section title={t('title')}>
      <div className={classes.column}>
        <div>
          <RunningSentences running={running} measured={measured} />
        </div>
        {running.unknown.map(({ said }) => (
          <Notice key={said.message} severity="warning">
            {wordingOf(said)}
          </Notice>
        ))}
        {running.workloads.length > 0 && (
          <RunningTable running={running} fileName={fileName} />
        )}
        <Prices running={running} />
        {running.remarks.map(said => (
          <Typography key={said.message} variant="body2" color="textSecondary">
            {wordingOf(said)}
          </Typography>
        ))}
      </div>
    </Section>
  );
}
