import { useApi } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { InForceRow } from '@headroom/plugin-scaling-common';
import { Notice, ReasonDialog } from '@headroom/react';
import { useState } from 'react';
import { scalingApiRef } from '../../api';
import { momentText } from '../../format';
import { useScalingSettings } from '../../settings';
import { useScalingTranslation } from '../../useScalingTranslation';
import { useScalingWording } from '../../useScalingWording';

const useStyles = makeStyles(theme => ({
  details: { fontSize: 12, '& summary': { cursor: 'pointer' } },
  patch: {
    margin: theme.spacing(0.5, 0),
    padding: theme.spacing(1),
    backgroundColor: theme.palette.action.hover,
    overflowX: 'auto',
    fontSize: 12,
  },
}));

/** Who takes back what was written, the patch that mends it, and the way to go on. */
export function ContestNote(props: { row: InForceRow; onChanged: () => void }) {
  const { row, onChanged } = props;
  const { contested, workload } = row;
  const classes = useStyles();
  const { t } = useScalingTranslation();
  const wordingOf = useScalingWording();
  const { timezone, abilities } = useScalingSettings();
  const api = useApi(scalingApiRef);
  const [asking, setAsking] = useState(false);
  if (!contested) {
    return null;
  }
  const subject = `${workload.namespace}/${workload.name}`;
  const { manager, since, text, patch } = contested;
  return (
    <Notice severity="error">
      {wordingOf(text)}{' '}
      {t('inForce.contestedSince', {
        manager,
        at: momentText(since, timezone),
      })}
      {patch && (
        <details className={classes.details}>
          <summary>{t('inForce.patch')}</summary>
          <pre className={classes.patch}>{patch}</pre>
        </details>
      )}
      {abilities.approve && (
        <div>
          <Button
            size="small"
            variant="outlined"
            aria-label={t('inForce.goOnOf', { subject })}
            onClick={() => setAsking(true)}
          >
            {t('inForce.goOn')}
          </Button>
        </div>
      )}
      {asking && (
        <ReasonDialog
          title={t('inForce.goOnOf', { subject })}
          text={t('inForce.goOnText', { manager })}
          undo={t('inForce.goOnUndo')}
          submit={t('inForce.goOn')}
          onSubmit={async reason => {
            await api.goOn(workload.id, { reason });
            setAsking(false);
            onChanged();
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </Notice>
  );
}
