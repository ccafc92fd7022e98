import { useTheme } from '@material-ui/core/styles';
import { useCostTranslation } from '../../useCostTranslation';
import { nobodyColor, partColor } from '../colors';
import { HOURS_A_DAY } from './heatHours';

const CELL = 6;
const DAYS = 7;

/** The hours of the week something is needed, Monday on top. */
export function WeekStrip(props: { hours: readonly number[] }) {
  const { hours } = props;
  const theme = useTheme();
  const { t } = useCostTranslation();
  const needed = new Set(hours);
  return (
    <svg
      role="img"
      aria-label={t('gpuUse.advice.strip', { hours: String(needed.size) })}
      width={HOURS_A_DAY * CELL}
      height={DAYS * CELL}
      style={{ display: 'block' }}
    >
      {Array.from({ length: DAYS * HOURS_A_DAY }, (_, index) => (
        <rect
          key={index}
          x={(index % HOURS_A_DAY) * CELL}
          y={Math.floor(index / HOURS_A_DAY) * CELL}
          width={CELL - 1}
          height={CELL - 1}
          fill={needed.has(index) ? partColor('gpu', theme) : 'none'}
          stroke={needed.has(index) ? 'none' : nobodyColor(theme)}
          strokeOpacity={0.5}
          strokeWidth={0.5}
        />
      ))}
    </svg>
  );
}
