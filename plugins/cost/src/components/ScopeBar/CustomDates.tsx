import Button from '@material-ui/core/Button';
import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import { FormEvent, useEffect, useState } from 'react';
import { validDay } from '@headroom/common';
import { useCostTranslation } from '../../useCostTranslation';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-start',
    gap: theme.spacing(1),
  },
}));

/** First and last day of a window of one's own; both belong to it. */
export function CustomDates(props: {
  from?: string;
  to?: string;
  /** Last day that can be asked for. */
  max?: string;
  onPick: (from: string, to: string) => void;
}) {
  const { max, onPick } = props;
  const [from, setFrom] = useState(props.from ?? '');
  const [to, setTo] = useState(props.to ?? '');
  // Dates that come from elsewhere replace those typed, in place: a remount would drop the focus.
  useEffect(() => {
    if (props.from && props.to) {
      setFrom(props.from);
      setTo(props.to);
    }
  }, [props.from, props.to]);
  const classes = useStyles();
  const { t } = useCostTranslation();
  const complete = validDay(from) && validDay(to);
  const reversed = complete && from > to;
  const future = complete && max !== undefined && to > max;
  const problem =
    (reversed && t('scope.reversed')) || (future && t('scope.future'));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (complete && !problem) {
      onPick(from, to);
    }
  };
  return (
    <form className={classes.root} onSubmit={submit}>
      <TextField
        id="cost-from"
        type="date"
        size="small"
        label={t('scope.from')}
        value={from}
        onChange={event => setFrom(event.target.value)}
        inputProps={{ max }}
        InputLabelProps={{ shrink: true }}
      />
      <TextField
        id="cost-to"
        type="date"
        size="small"
        label={t('scope.to')}
        value={to}
        error={Boolean(problem)}
        helperText={problem || t('scope.toHint')}
        onChange={event => setTo(event.target.value)}
        inputProps={{ max }}
        InputLabelProps={{ shrink: true }}
      />
      <Button
        type="submit"
        size="small"
        variant="outlined"
        disabled={!complete || Boolean(problem)}
      >
        {t('scope.apply')}
      </Button>
    </form>
  );
}
