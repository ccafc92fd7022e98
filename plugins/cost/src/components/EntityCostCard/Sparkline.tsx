import { useTheme } from '@material-ui/core/styles';
import { DayCost } from '@headroom/plugin-cost-common';
import { microsToHeight, toMicros } from '@headroom/react';
import { isGap } from '../DayChart';

const WIDTH = 240;
const HEIGHT = 48;

/** Spend by day in a thumbnail: days without data are left out, partial ones are outlined. */
export function Sparkline(props: { days: readonly DayCost[]; label: string }) {
  const { days, label } = props;
  const theme = useTheme();
  const heights = days.map(day => microsToHeight(toMicros(day.total)));
  const highest = Math.max(...heights, Number.MIN_VALUE);
  const step = WIDTH / Math.max(days.length, 1);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width="100%"
      height={HEIGHT}
      preserveAspectRatio="none"
    >
      {days.map((day, index) => {
        if (isGap(day)) {
          return null;
        }
        const height = Math.max(1, (heights[index] / highest) * (HEIGHT - 2));
        return (
          <rect
            key={day.day}
            x={index * step + 0.5}
            y={HEIGHT - height}
            width={Math.max(step - 1.5, 1)}
            height={height}
            fill={theme.palette.text.secondary}
            fillOpacity={day.partial ? 0.2 : 1}
            stroke={day.partial ? theme.palette.text.secondary : 'none'}
          />
        );
      })}
    </svg>
  );
}
