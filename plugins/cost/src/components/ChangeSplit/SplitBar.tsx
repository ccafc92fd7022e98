import { makeStyles, useTheme } from '@material-ui/core/styles';
import { ReviewMover, REVIEW_PARTS } from '@headroom/plugin-cost-common';
import { toMicros } from '@headroom/react';
import { reviewPartColor } from './partColors';

const useStyles = makeStyles(theme => ({
  root: { display: 'flex', width: 200, height: 8, marginTop: 4 },
  half: { display: 'flex', width: '50%' },
  less: {
    justifyContent: 'flex-end',
    borderRight: `1px solid ${theme.palette.text.primary}`,
  },
}));

/** What a row's parts come to on their larger side, in micros. */
export function splitSize({ parts }: ReviewMover): bigint {
  const amounts = Object.values(parts ?? {}).map(toMicros);
  const sum = (some: bigint[]) => some.reduce((a, b) => a + b, 0n);
  const more = sum(amounts.filter(micros => micros > 0n));
  const less = -sum(amounts.filter(micros => micros < 0n));
  return more > less ? more : less;
}

/** A row's change as a bar: what made it cheaper to the left, dearer to the right; the numbers stand beside it. */
export function SplitBar(props: { row: ReviewMover; largest: bigint }) {
  const { row, largest } = props;
  const classes = useStyles();
  const theme = useTheme();
  const { parts } = row;
  if (!parts || largest === 0n) {
    return null;
  }
  const bars = (sign: 1n | -1n) =>
    REVIEW_PARTS.map(part => {
      const micros = toMicros(parts[part]) * sign;
      return micros > 0n ? (
        <div
          key={part}
          style={{
            width: `${Number((micros * 10_000n) / largest) / 100}%`,
            backgroundColor: reviewPartColor(part, theme),
          }}
        />
      ) : null;
    });
  return (
    <div aria-hidden="true" className={classes.root}>
      <div className={`${classes.half} ${classes.less}`}>{bars(-1n)}</div>
      <div className={classes.half}>{bars(1n)}</div>
    </div>
  );
}
