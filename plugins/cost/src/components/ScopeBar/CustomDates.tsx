import Button from '@material-ui/core/Button';
import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import { FormEvent, useState } from 'react';
import { validDay } from '@headroom/plugin-cost-common';
import { useCostTranslation } from '../../useCostTranslation';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-end',
    gap: theme.spacing(1),
  },
}));

/** First and last day of a window of one's own; both belong to it. */
export function CustomDates(props: {
  from?: string;
  to?: string;
  onPick: (from: string, to: string) => void;
}) {
  const { onPick } = props;
  const [from, setFrom] = useState(props.from ?? '');
  const [to, setTo] = useState(props.to ?? '');
  const classes = useStyles();
  const { t } = useCostTranslation();
  const complete = validDay(from) && validDay(to);
  const reversed = complete && from > to;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (complete && !reversed) {
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
        InputLabelProps={{ shrink: true }}
      />
      <TextField
        id="cost-to"
        type="date"
        size="small"
        label={t('scope.to')}
        value={to}
        error={reversed}
        helperText={reversed ? t('scope.reversed') : undefined}
        onChange={event => setTo(event.target.value)}
        InputLabelProps={{ shrink: true }}
      />
      <Button
        type="submit"
        size="small"
        variant="outlined"
        disabled={!complete || reversed}
      >
        {t('scope.apply')}
      </Button>
    </form>
  );
}
