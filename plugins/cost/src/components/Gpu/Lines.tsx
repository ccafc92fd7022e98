import { makeStyles } from '@material-ui/core/styles';
import { ReactNode } from 'react';

const useStyles = makeStyles(theme => ({
  // A name of up to 253 characters is broken at the width of the cell; shorter
  // words stay whole, as they still count for how narrow a column may be.
  root: { overflowWrap: 'break-word' },
  nowrap: { whiteSpace: 'nowrap' },
  second: {
    whiteSpace: 'normal',
    fontSize: 12,
    lineHeight: 1.35,
    color: theme.palette.text.secondary,
  },
}));

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
      style={{ maxWidth: width ?? MAX_WIDTH }}
    >
      <div className={nowrap ? classes.nowrap : undefined}>{first}</div>
      {second && <div className={classes.second}>{second}</div>}
    </div>
  );
}
