import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { makeStyles } from '@material-ui/core/styles';
import { ReactNode } from 'react';
import { ROW_HEADER } from '@headroom/react';

const useStyles = makeStyles({
  // Names of objects are among them, with up to 253 characters.
  name: { overflowWrap: 'break-word', maxWidth: 320 },
  numeric: { fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' },
});

/** A few lines that are compared column by column; too few to sort or filter. */
export function PlainTable(props: {
  label: string;
  /** Titles; the first is that of the lines. */
  head: string[];
  rows: Array<{ name: string; cells: ReactNode[] }>;
}) {
  const { label, head, rows } = props;
  const classes = useStyles();
  return (
    <TableContainer tabIndex={0} role="region" aria-label={label}>
      <Table size="small" aria-label={label}>
        <TableHead>
          <TableRow>
            {head.map((title, index) => (
              <TableCell
                key={title}
                scope="col"
                align={index === 0 ? 'left' : 'right'}
              >
                {title}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map(({ name, cells }) => (
            <TableRow key={name} hover>
              <TableCell {...ROW_HEADER} className={classes.name}>
                {name}
              </TableCell>
              {cells.map((cell, index) => (
                <TableCell
                  key={head[index + 1]}
                  align="right"
                  className={classes.numeric}
                >
                  {cell}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}
