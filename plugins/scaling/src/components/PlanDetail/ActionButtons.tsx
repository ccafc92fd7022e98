import { useApi } from '@backstage/core-plugin-api';
import { ReasonDialog } from '@headroom/react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { StoredAction } from '@headroom/common';
import { ScalingAbilities } from '@headroom/plugin-scaling-common';
import { useState } from 'react';
import { scalingApiRef } from '../../api';
import { useScalingTranslation } from '../../useScalingTranslation';
import { useScalingWording } from '../../useScalingWording';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
  },
}));

/** What can still be done about an action: take it back, or say what became of it. */
export function ActionButtons(props: {
  action: Pick<StoredAction, 'id' | 'state' | 'subject' | 'undo'>;
  abilities: ScalingAbilities;
  onDone: () => void;
}) {
  const { action, abilities, onDone } = props;
  const { id, state, subject, undo } = action;
  const classes = useStyles();
  const { t } = useScalingTranslation();
  const wordingOf = useScalingWording();
  const api = useApi(scalingApiRef);
  const [asking, setAsking] = useState<'undo' | 'done' | 'not-done'>();
  const close = () => setAsking(undefined);
  const did = () => {
    close();
    onDone();
  };
  const mayUndo =
    abilities.override && (state === 'done' || state === 'verified');
  return (
    <>
      {state === 'unresolved' && (
        <Typography variant="body2" component="div">
          <strong>{t('resolve.question')}</strong>{' '}
          {!abilities.approve && t('resolve.notAllowed')}
        </Typography>
      )}
      <div className={classes.root}>
        {state === 'unresolved' && abilities.approve && (
          <>
            <Button
              size="small"
              variant="outlined"
              aria-label={t('resolve.doneOf', { subject })}
              onClick={() => setAsking('done')}
            >
              {t('resolve.done')}
            </Button>
            <Button
              size="small"
              variant="outlined"
              aria-label={t('resolve.notDoneOf', { subject })}
              onClick={() => setAsking('not-done')}
            >
              {t('resolve.notDone')}
            </Button>
          </>
        )}
        {mayUndo && (
          <Button
            size="small"
            variant="outlined"
            aria-label={t('undo.buttonOf', { subject })}
            onClick={() => setAsking('undo')}
          >
            {t('undo.button')}
          </Button>
        )}
      </div>
      {asking === 'undo' && (
        <ReasonDialog
          title={t('undo.title', { subject })}
          text={wordingOf(undo)}
          undo={t('undo.undo')}
          submit={t('undo.button')}
          onSubmit={async reason => {
            await api.undoAction(id, { reason });
            did();
          }}
          onClose={close}
        />
      )}
      {(asking === 'done' || asking === 'not-done') && (
        <ReasonDialog
          title={t('resolve.title', { subject })}
          text={t(
            asking === 'done' ? 'resolve.doneText' : 'resolve.notDoneText',
          )}
          undo={t('resolve.undo')}
          submit={t(asking === 'done' ? 'resolve.done' : 'resolve.notDone')}
          onSubmit={async reason => {
            await api.resolveAction(id, { done: asking === 'done', reason });
            did();
          }}
          onClose={close}
        />
      )}
    </>
  );
}
