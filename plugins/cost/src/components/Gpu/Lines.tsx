import { makeStyles } from '@material-ui/core/styles';
import { ReactNode } from 'react';

const useStyles = makeStyles(theme => ({
  // Names of Kubernetes have up to 253 characters and no place to break.
  root: { overflowWrap: 'anywhere' },
  nowrap: { whiteSpace: 'nowrap' },
  second: {
    whiteSpace: 'normal',
    fontSize: 12,
    lineHeight: 1.35,
    color: theme.palette.text.secondary,
  },
}));

/** So that neither a short word is broken nor a long one takes the table. */
const MIN_WIDTH = 88;
const MAX_WIDTH = 240;

/** A cell of two lines: what matters, and below it what goes with it. */
export function Lines(props: {
  first: ReactNode;
  second?: ReactNode;
  title?: string;
  width?: number;
  /** Keeps the first line on one line. */
  nowrap?: boolean;
}) {
  const { first, second, title, width, nowrap } = props;
  const classes = useStyles();
  return (
    <div
      title={title}
      className={classes.root}
      style={{ minWidth: MIN_WIDTH, maxWidth: width ?? MAX_WIDTH }}
    >
      <div className={nowrap ? classes.nowrap : undefined}>{first}</div>
      {second && <div className={classes.second}>{second}</div>}
    </div>
  );
}
