import Typography from '@material-ui/core/Typography';
import { useRunningTranslation } from '../../useRunningTranslation';
import { RunningSentences } from './RunningSentences';
import { useRunning } from './useRunning';

/** The same as the Cost tab says of what runs now, on a narrow card. */
export function CardRunning(props: { entityRef: string; measured: boolean }) {
  const { entityRef, measured } = props;
  const { t } = useRunningTranslation();
  const running = useRunning(entityRef, undefined);
  return running ? (
    <>
      <RunningSentences running={running} measured={measured} />
      {running.simulated && !measured && (
        <Typography variant="body2">{t('simulated')}</Typography>
      )}
    </>
  ) : null;
}
