import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import { makeStyles } from '@material-ui/core/styles';
import { DataColumn } from './columns';
import { ROW_HEADER } from './rowHeader';

const useStyles = makeStyles(theme => ({
  numeric: { fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' },
  pinned: {
    fontStyle: 'italic',
    backgroundColor: theme.palette.action.hover,
  },
}));

function cellContent<Row>(column: DataColumn<Row>, row: Row) {
  if (column.render) {
    return column.render(row);
  }
  const value = column.value(row);
  return value === undefined ? '\u2013' : String(value);
}

/** Rows of a table, the pinned ones last and set apart. */
export function DataTableBody<Row>(props: {
  columns: DataColumn<Row>[];
  rows: Row[];
  pinnedRows: Row[];
  rowKey: (row: Row) => string;
  /** Shown when the filter leaves no row. */
  nothing: string;
}) {
  const { columns, rows, pinnedRows, rowKey, nothing } = props;
  const classes = useStyles();
  const pinnedKeys = new Set(pinnedRows.map(rowKey));
  return (
    <TableBody>
      {rows.length === 0 && (
        <TableRow>
          <TableCell colSpan={columns.length}>{nothing}</TableCell>
        </TableRow>
      )}
      {[...rows, ...pinnedRows].map(row => (
        <TableRow
          key={rowKey(row)}
          hover
          className={pinnedKeys.has(rowKey(row)) ? classes.pinned : undefined}
        >
          {columns.map((column, index) => (
            <TableCell
              key={column.id}
              {...(index === 0 && ROW_HEADER)}
              align={column.numeric ? 'right' : 'left'}
              className={column.numeric ? classes.numeric : undefined}
            >
              {cellContent(column, row)}
            </TableCell>
          ))}
        </TableRow>
      ))}
    </TableBody>
  );
}
