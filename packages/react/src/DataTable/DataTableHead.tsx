import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import TableSortLabel from '@material-ui/core/TableSortLabel';
import Tooltip from '@material-ui/core/Tooltip';
import { makeStyles } from '@material-ui/core/styles';
import { DataColumn, Sorting } from './columns';

const useStyles = makeStyles({
  // Titles break between words, never within one.
  cell: { wordBreak: 'normal', overflowWrap: 'normal', hyphens: 'none' },
});

/** Column titles; pressing one sorts. */
export function DataTableHead<Row>(props: {
  columns: DataColumn<Row>[];
  sorting: Sorting;
  onSort: (column: DataColumn<Row>) => void;
}) {
  const { columns, sorting, onSort } = props;
  const classes = useStyles();
  return (
    <TableHead>
      <TableRow>
        {columns.map(column => {
          const active = sorting.column === column.id;
          const label =
            column.sortable === false ? (
              <span>{column.title}</span>
            ) : (
              <TableSortLabel
                active={active}
                direction={active ? sorting.direction : 'asc'}
                onClick={() => onSort(column)}
              >
                {column.title}
              </TableSortLabel>
            );
          return (
            <TableCell
              key={column.id}
              scope="col"
              className={classes.cell}
              align={column.numeric ? 'right' : 'left'}
              sortDirection={active ? sorting.direction : false}
            >
              {column.hint ? (
                <Tooltip title={column.hint}>{label}</Tooltip>
              ) : (
                label
              )}
            </TableCell>
          );
        })}
      </TableRow>
    </TableHead>
  );
}
