import { LinkButton } from '@backstage/core-components';
import { useApi } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import { PolicyView } from '@headroom/plugin-scaling-common';
import { errorMessage, Notice, ReasonDialog } from '@headroom/react';
import { useId, useState } from 'react';
import { scalingApiRef } from '../../api';
import { useScalingTranslation } from '../../useScalingTranslation';
import { useScalingLinks } from '../links';

const useStyles = makeStyles(theme => ({
  root: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
}));

const PAUSE_HOURS = [1, 4, 12, 24, 72, 168] as const;
const FIRST_PAUSE = 24;

/** Edits, pauses and deletes a policy that was made on the page. */
export function PolicyButtons(props: {
  view: PolicyView;
  /** Beside others of their kind, each names its policy. */
  named?: boolean;
  onChanged: () => void;
  onDeleted: () => void;
}) {
  const { view, named, onChanged, onDeleted } = props;
  const { policy, pausedUntil } = view;
  const classes = useStyles();
  const { t } = useScalingTranslation();
  const api = useApi(scalingApiRef);
  const links = useScalingLinks();
  const id = useId();
  const [asking, setAsking] = useState<'pause' | 'delete'>();
  const [hours, setHours] = useState<string>(String(FIRST_PAUSE));
  const [problem, setProblem] = useState<string>();
  const close = () => setAsking(undefined);
  const size = named ? 'small' : 'medium';
  const nameOf = (button: string) =>
    named ? t('override.buttonOf', { button, of: policy.title }) : undefined;
  const goOn = async () => {
    setProblem(undefined);
    try {
      await api.pausePolicy(policy.id, null);
      onChanged();
    } catch (error) {
      setProblem(errorMessage(error as Error));
    }
  };
  return (
    <>
      <div className={classes.root}>
        {links && (
          <LinkButton
            to={links.editPolicy(policy.id)}
            variant="outlined"
            size={size}
            aria-label={nameOf(t('policy.edit'))}
          >
            {t('policy.edit')}
          </LinkButton>
        )}
        {pausedUntil ? (
          <Button
            variant="outlined"
            size={size}
            aria-label={nameOf(t('policy.goOn'))}
            onClick={goOn}
          >
            {t('policy.goOn')}
          </Button>
        ) : (
          <Button
            variant="outlined"
            size={size}
            aria-label={nameOf(t('policy.pause'))}
            onClick={() => setAsking('pause')}
          >
            {t('policy.pause')}
          </Button>
        )}
        <Button
          variant="outlined"
          size={size}
          aria-label={nameOf(t('policy.delete'))}
          onClick={() => setAsking('delete')}
        >
          {t('policy.delete')}
        </Button>
      </div>
      {problem && (
        <Notice severity="error">
          {t('dialog.failed', { reason: problem })}
        </Notice>
      )}
      {asking === 'pause' && (
        <ReasonDialog
          title={t('policy.pauseTitle', { title: policy.title })}
          text={t('policy.pauseText')}
          undo={t('policy.pauseUndo')}
          submit={t('policy.pause')}
          reason="none"
          onSubmit={async () => {
            await api.pausePolicy(
              policy.id,
              new Date(Date.now() + Number(hours) * 3_600_000).toISOString(),
            );
            close();
            onChanged();
          }}
          onClose={close}
        >
          <TextField
            id={`${id}-hours`}
            select
            label={t('policy.pauseFor')}
            value={hours}
            onChange={event => setHours(event.target.value)}
            SelectProps={{ native: true }}
          >
            {PAUSE_HOURS.map(each => (
              <option key={each} value={String(each)}>
                {t('override.hours', { count: each })}
              </option>
            ))}
          </TextField>
        </ReasonDialog>
      )}
      {asking === 'delete' && (
        <ReasonDialog
          title={t('policy.deleteTitle', { title: policy.title })}
          text={t('policy.deleteText', { count: view.wins })}
          undo={t('policy.deleteUndo')}
          submit={t('policy.delete')}
          reason="none"
          onSubmit={async () => {
            await api.deletePolicy(policy.id);
            close();
            onDeleted();
          }}
          onClose={close}
        />
      )}
    </>
  );
}
