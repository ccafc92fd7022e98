import { makeStyles, useTheme } from '@material-ui/core/styles';
import { BreakdownRow } from '@headroom/plugin-cost-common';
import { toMicros } from '@headroom/react';
import { CostPart, nobodyColor, partColor } from '../colors';
import { partMicros } from '../parts';

const useStyles = makeStyles({
  root: { display: 'flex', width: 120, height: 8, marginTop: 4 },
});

/** `amount` of `whole` in percent; for drawing only. */
function percentOf(amount: bigint, whole: bigint): number {
  return whole > 0n ? Number((amount * 10_000n) / whole) / 100 : 0;
}

/** A row's cost as a bar against the largest row, in the colours of its parts; the numbers stand beside it. */
export function ShareBar(props: {
  row: BreakdownRow;
  parts: CostPart[];
  largest: bigint;
}) {
  const { row, parts, largest } = props;
  const classes = useStyles();
  const theme = useTheme();
  if (row.kind !== 'normal') {
    const color = nobodyColor(theme);
    const background =
      row.kind === 'idle'
        ? `repeating-linear-gradient(135deg, ${color} 0 2px, transparent 2px 5px)`
        : `radial-gradient(${color} 1.2px, transparent 1.4px) 0 0 / 5px 5px`;
    return (
      <div aria-hidden="true" className={classes.root}>
        <div
          style={{
            width: `${percentOf(toMicros(row.total), largest)}%`,
            background,
            outline: `1px solid ${color}`,
          }}
        />
      </div>
    );
  }
  return (
    <div aria-hidden="true" className={classes.root}>
      {parts.map(part => (
        <div
          key={part}
          style={{
            width: `${percentOf(partMicros(row, part), largest)}%`,
            backgroundColor: partColor(part, theme),
          }}
        />
      ))}
    </div>
  );
}
