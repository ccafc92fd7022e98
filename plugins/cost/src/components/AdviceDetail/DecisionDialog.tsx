import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { DateTime } from 'luxon';
import { FormEvent, useId, useState } from 'react';
import { AdviceDecisionRequest } from '@headroom/plugin-cost-common';
import { Notice, todayIn } from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';

const useStyles = makeStyles(theme => ({
  fields: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
  },
}));

/** How long a snooze lasts unless another day is picked. */
const SNOOZE_DAYS = 30;

/** The back end takes a year and no more. */
const MOST_SNOOZE_DAYS = 365;

const MOST_REASON = 500;

/** Asks why, and until when; says what will happen and how to undo it. */
export function DecisionDialog(props: {
  kind: 'dismissed' | 'snoozed';
  timezone: string;
  /** Resolves when it is saved; rejects with what to say. */
  onDecide: (request: AdviceDecisionRequest) => Promise<void>;
  onClose: () => void;
}) {
  const { kind, timezone, onDecide, onClose } = props;
  const classes = useStyles();
  const { t } = useCostTranslation();
  const id = useId();
  const today = todayIn(timezone);
  const dayAfter = (days: number) =>
    DateTime.fromISO(today, { zone: timezone }).plus({ days }).toISODate()!;
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState(dayAfter(SNOOZE_DAYS));
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const snooze = kind === 'snoozed';
  const outside =
    snooze && (until <= today || until > dayAfter(MOST_SNOOZE_DAYS));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!reason.trim() || outside) {
      return;
    }
    setBusy(true);
    setProblem(undefined);
    try {
      await onDecide(
        snooze
          ? {
              state: kind,
              reason: reason.trim(),
              until: DateTime.fromISO(until, { zone: timezone })
                .toUTC()
                .toISO()!,
            }
          : { state: kind, reason: reason.trim() },
      );
    } catch (error) {
      setProblem((error as Error).message);
      setBusy(false);
    }
  };
  return (
    <Dialog open onClose={onClose} fullWidth aria-labelledby={id}>
      <form onSubmit={submit}>
        <DialogTitle id={id}>
          {t(
            snooze ? 'advice.decide.snoozeTitle' : 'advice.decide.dismissTitle',
          )}
        </DialogTitle>
        <DialogContent>
          <div className={classes.fields}>
            <Typography variant="body2">
              {t(
                snooze
                  ? 'advice.decide.snoozeText'
                  : 'advice.decide.dismissText',
              )}
            </Typography>
            <TextField
              id={`${id}-reason`}
              label={t('advice.decide.reason')}
              helperText={t('advice.decide.reasonHint')}
              value={reason}
              onChange={event => setReason(event.target.value)}
              required
              inputProps={{ maxLength: MOST_REASON }}
              multiline
              rows={2}
            />
            {snooze && (
              <TextField
                id={`${id}-until`}
                type="date"
                label={t('advice.decide.until')}
                helperText={t(
                  outside
                    ? 'advice.decide.untilPast'
                    : 'advice.decide.untilHint',
                )}
                error={outside}
                value={until}
                onChange={event => setUntil(event.target.value)}
                inputProps={{
                  min: dayAfter(1),
                  max: dayAfter(MOST_SNOOZE_DAYS),
                }}
                InputLabelProps={{ shrink: true }}
                required
              />
            )}
            {problem && (
              <Notice severity="error">
                {t('advice.decide.failed', { reason: problem })}
              </Notice>
            )}
          </div>
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t('advice.decide.cancel')}</Button>
          <Button
            type="submit"
            variant="contained"
            color="primary"
            disabled={busy || !reason.trim() || outside}
          >
            {t(snooze ? 'advice.decide.snooze' : 'advice.decide.dismiss')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
