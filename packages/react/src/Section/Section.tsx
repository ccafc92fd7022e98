import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ReactNode, useId } from 'react';
import { ExplainButton } from '../ExplainDialog/ExplainButton';

const useStyles = makeStyles(theme => ({
  root: { padding: theme.spacing(2), minWidth: 0 },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    justifyContent: 'space-between',
    gap: theme.spacing(1),
    marginBottom: theme.spacing(1),
  },
  title: { display: 'flex', alignItems: 'center', gap: theme.spacing(0.5) },
}));

/** One question of a page: a surface with a heading that names it. @public */
export function Section(props: {
  title: string;
  subtitle?: ReactNode;
  action?: ReactNode;
  /** Opens where the section's figures come from. */
  onOrigin?: () => void;
  children: ReactNode;
}) {
  const { title, subtitle, action, onOrigin, children } = props;
  const classes = useStyles();
  const titleId = useId();
  return (
    <Paper
      component="section"
      aria-labelledby={titleId}
      className={classes.root}
    >
      <div className={classes.head}>
        <div>
          <div className={classes.title}>
            <Typography variant="h6" component="h2" id={titleId}>
              {title}
            </Typography>
            {onOrigin && <ExplainButton figure={title} onClick={onOrigin} />}
          </div>
          {subtitle && (
            <Typography variant="body2" color="textSecondary" component="div">
              {subtitle}
            </Typography>
          )}
        </div>
        {action}
      </div>
      {children}
    </Paper>
  );
}
