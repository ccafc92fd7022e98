import { makeStyles, useTheme } from '@material-ui/core/styles';
import { useId } from 'react';
import { formatQuantity } from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { nobodyColor, partColor } from '../colors';
import { GpuUseDay } from './gpuNumbers';
import { GPU_PARTS, GpuPart, gpuFillId, gpuPatterns } from './gpuPatterns';

const SIZE = 12;

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5, 2),
    margin: theme.spacing(1, 0, 0),
    padding: 0,
    listStyle: 'none',
    fontSize: theme.typography.body2.fontSize,
  },
}));

/** The parts of the chart with their device-hours, in the order of the stack. */
export function GpuDayLegend(props: {
  days: readonly GpuUseDay[];
  parts: readonly GpuPart[];
}) {
  const { days, parts } = props;
  const classes = useStyles();
  const theme = useTheme();
  const { t } = useCostTranslation();
  const id = useId().replace(/:/g, '');
  const sum = (part: GpuPart) =>
    days.reduce((hours, day) => hours + (day[part] ?? 0), 0);
  return (
    <ul className={classes.root}>
      {GPU_PARTS.filter(part => parts.includes(part)).map(part => (
        <li key={part}>
          <svg
            width={SIZE}
            height={SIZE}
            aria-hidden="true"
            focusable="false"
            style={{ verticalAlign: '-1px', marginRight: 6 }}
          >
            {gpuPatterns(`${id}${part}`, theme)}
            <rect
              x={0.5}
              y={0.5}
              width={SIZE - 1}
              height={SIZE - 1}
              fill={
                part === 'busy'
                  ? partColor('gpu', theme)
                  : `url(#${gpuFillId(`${id}${part}`, part)})`
              }
              stroke={
                part === 'busy' ? partColor('gpu', theme) : nobodyColor(theme)
              }
            />
          </svg>
          {t(`gpuUse.part.${part}`)} {formatQuantity(sum(part))}
        </li>
      ))}
    </ul>
  );
}
