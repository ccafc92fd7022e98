import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import ErrorIcon from '@material-ui/icons/ErrorOutline';
import InfoIcon from '@material-ui/icons/InfoOutlined';
import WarningIcon from '@material-ui/icons/ReportProblemOutlined';
import { ReactNode } from 'react';
import { useHeadroomTranslation } from '../translation/useHeadroomTranslation';

/** How much a notice matters. @public */
export type NoticeSeverity = 'info' | 'warning' | 'error';

const ICONS = { info: InfoIcon, warning: WarningIcon, error: ErrorIcon };

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    alignItems: 'flex-start',
    gap: theme.spacing(1),
    padding: theme.spacing(1, 1.5),
    borderLeft: '4px solid',
  },
  info: { borderLeftColor: theme.palette.info.main },
  warning: { borderLeftColor: theme.palette.warning.main },
  error: { borderLeftColor: theme.palette.error.main },
  body: { flex: 1, minWidth: 0, overflowWrap: 'anywhere' },
}));

/** Something to know before reading on. The icon has a name, so that the colour says nothing alone. @public */
export function Notice(props: {
  severity: NoticeSeverity;
  children: ReactNode;
}) {
  const { severity, children } = props;
  const classes = useStyles();
  const { t } = useHeadroomTranslation();
  const Icon = ICONS[severity];
  return (
    <Paper
      variant="outlined"
      role="note"
      className={`${classes.root} ${classes[severity]}`}
    >
      <Icon titleAccess={t(`severity.${severity}`)} fontSize="small" />
      <div className={classes.body}>{children}</div>
    </Paper>
  );
}
