import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { FormEvent, ReactNode, useId, useState } from 'react';
import { Notice } from '../Notice';
import { errorMessage } from '../states';
import { useHeadroomTranslation } from '../translation/useHeadroomTranslation';

const useStyles = makeStyles(theme => ({
  fields: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
  },
}));

const MOST_REASON = 500;

/** Says what will happen and how it is undone, asks why, and does it. @public */
export function ReasonDialog(props: {
  title: string;
  /** What it will do. */
  text: ReactNode;
  /** How it is undone. */
  undo: ReactNode;
  submit: string;
  /** `required` when absent; `none` asks for no reason. */
  reason?: 'required' | 'optional' | 'none';
  /** More to choose, above the reason. */
  children?: ReactNode;
  /** Something above isn't as it must be. */
  incomplete?: boolean;
  /** Resolves when it is done; rejects with what to say. */
  onSubmit: (reason: string) => Promise<void>;
  onClose: () => void;
}) {
  const { title, text, undo, submit, children, incomplete } = props;
  const { reason: asks = 'required', onSubmit, onClose } = props;
  const classes = useStyles();
  const { t } = useHeadroomTranslation();
  const id = useId();
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const stopped = busy || incomplete || (asks === 'required' && !reason.trim());
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (stopped) {
      return;
    }
    setBusy(true);
    setProblem(undefined);
    try {
      await onSubmit(reason.trim());
    } catch (error) {
      setProblem(errorMessage(error as Error));
      setBusy(false);
    }
  };
  return (
    <Dialog open onClose={onClose} fullWidth aria-labelledby={id}>
      <form onSubmit={send} noValidate>
        <DialogTitle id={id}>{title}</DialogTitle>
        <DialogContent>
          <div className={classes.fields}>
            <Typography variant="body2" component="div">
              {text}
            </Typography>
            <Typography variant="body2" component="div">
              <strong>{t('dialog.undo')}</strong> {undo}
            </Typography>
            {children}
            {asks !== 'none' && (
              <TextField
                id={`${id}-reason`}
                label={t('dialog.reason')}
                helperText={t('dialog.reasonHint')}
                value={reason}
                onChange={event => setReason(event.target.value)}
                required={asks === 'required'}
                inputProps={{ maxLength: MOST_REASON }}
                multiline
                minRows={2}
              />
            )}
            {problem && (
              <div role="alert">
                <Notice severity="error">
                  {t('dialog.failed', { reason: problem })}
                </Notice>
              </div>
            )}
          </div>
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t('dialog.cancel')}</Button>
          <Button
            type="submit"
            variant="contained"
            color="primary"
            disabled={stopped}
          >
            {submit}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
