import TableCell from '@material-ui/core/TableCell';
import TableFooter from '@material-ui/core/TableFooter';
import TableRow from '@material-ui/core/TableRow';
import { makeStyles } from '@material-ui/core/styles';
import { DataColumn } from './columns';
import { ROW_HEADER } from './rowHeader';

const useStyles = makeStyles(theme => ({
  cell: {
    color: theme.palette.text.primary,
    fontWeight: theme.typography.fontWeightBold as number,
    fontSize: theme.typography.body2.fontSize,
    fontVariantNumeric: 'tabular-nums',
    whiteSpace: 'nowrap',
    borderBottom: 'none',
  },
}));

/** The last line of a table: exact sums over every row shown on any of its pages. */
export function DataTableFoot<Row>(props: {
  columns: DataColumn<Row>[];
  rows: Row[];
  label: string;
}) {
  const { columns, rows, label } = props;
  const classes = useStyles();
  return (
    <TableFooter>
      <TableRow>
        {columns.map((column, index) => (
          <TableCell
            key={column.id}
            className={classes.cell}
            {...(index === 0 && ROW_HEADER)}
            align={column.numeric ? 'right' : 'left'}
          >
            {index === 0 ? label : column.total?.(rows)}
          </TableCell>
        ))}
      </TableRow>
    </TableFooter>
  );
}
