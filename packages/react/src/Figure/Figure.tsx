import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ReactNode, useId } from 'react';
import { FIGURE_HEIGHT } from '../layout/layout';
import { ExplainButton } from '../ExplainDialog/ExplainButton';

const useStyles = makeStyles(theme => ({
  root: {
    padding: theme.spacing(1.5, 2),
    minHeight: FIGURE_HEIGHT,
    boxSizing: 'border-box',
  },
  head: {
    display: 'flex',
    alignItems: 'flex-start',
    justifyContent: 'space-between',
    // Room for two lines, so that values stand in a row.
    minHeight: 40,
  },
  value: {
    fontSize: 28,
    lineHeight: 1.3,
    fontWeight: theme.typography.fontWeightBold as number,
    fontVariantNumeric: 'tabular-nums',
  },
}));

/** One headline figure: what it is, how much, compared with what, and a way to its origin. @public */
export function Figure(props: {
  label: string;
  /** Drawn before the label, e.g. a swatch. */
  mark?: ReactNode;
  value: ReactNode;
  /** The comparison, with the base it is made against. */
  comparison: ReactNode;
  onOrigin?: () => void;
}) {
  const { label, mark, value, comparison, onOrigin } = props;
  const classes = useStyles();
  const labelId = useId();
  return (
    <Paper role="group" aria-labelledby={labelId} className={classes.root}>
      <div className={classes.head}>
        <Typography variant="body2" component="h2" id={labelId}>
          {mark}
          {label}
        </Typography>
        {onOrigin && <ExplainButton figure={label} onClick={onOrigin} />}
      </div>
      <div className={classes.value}>{value}</div>
      <Typography variant="body2" color="textSecondary" component="div">
        {comparison}
      </Typography>
    </Paper>
  );
}
