import { makeStyles } from '@material-ui/core/styles';
import { ReactNode } from 'react';

const useStyles = makeStyles(theme => ({
  nowrap: { whiteSpace: 'nowrap' },
  second: {
    whiteSpace: 'normal',
    fontSize: 12,
    lineHeight: 1.35,
    color: theme.palette.text.secondary,
  },
}));

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
    <div title={title} style={{ maxWidth: width }}>
      <div className={nowrap ? classes.nowrap : undefined}>{first}</div>
      {second && <div className={classes.second}>{second}</div>}
    </div>
  );
}
