import Table from '@material-ui/core/Table';
import TableContainer from '@material-ui/core/TableContainer';
import { makeStyles } from '@material-ui/core/styles';
import { ReactNode } from 'react';
import { useHeadroomTranslation } from '../translation/useHeadroomTranslation';

const useStyles = makeStyles(theme => ({
  // Ten columns fit a screen of 1280.
  table: {
    '& th, & td': {
      paddingLeft: theme.spacing(1),
      paddingRight: theme.spacing(1),
    },
  },
  busy: { opacity: 0.6 },
}));

/** A table that scrolls by itself where it is too wide, by keyboard too. */
export function TableFrame(props: {
  /** Names the table for those who can't see it. */
  label: string;
  /** Other rows are on their way. */
  busy?: boolean;
  children: ReactNode;
}) {
  const { label, busy, children } = props;
  const classes = useStyles();
  const { t } = useHeadroomTranslation();
  return (
    <TableContainer
      tabIndex={0}
      role="region"
      aria-label={t('table.region', { table: label })}
      aria-busy={busy}
      className={busy ? classes.busy : undefined}
    >
      <Table size="small" aria-label={label} className={classes.table}>
        {children}
      </Table>
    </TableContainer>
  );
}
