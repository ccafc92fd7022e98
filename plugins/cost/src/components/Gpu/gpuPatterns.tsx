import { Theme } from '@material-ui/core/styles';
import { nobodyColor, partColor } from '../colors';
import { GpuUseDay } from './gpuNumbers';

/** The parts a day's device-hours are drawn in, from the axis up. */
export const GPU_PARTS = ['busy', 'notBusy', 'unknown', 'unallocated'] as const;

/** One of {@link GPU_PARTS}. */
export type GpuPart = (typeof GPU_PARTS)[number];

/** Id of the fill of a part within one chart. */
export function gpuFillId(chartId: string, part: GpuPart | 'partial'): string {
  return `${chartId}-gpu-${part}`;
}

/** How a part of a day is filled: busy solid, the rest patterned; a partial day's busy part hatched. */
export function gpuFill(
  chartId: string,
  part: GpuPart,
  day: GpuUseDay,
  theme: Theme,
): string {
  if (part === 'busy' && !day.partial) {
    return partColor('gpu', theme);
  }
  return `url(#${gpuFillId(chartId, part === 'busy' ? 'partial' : part)})`;
}

/**
 * Stripes for what is held and not busy, as Idle has everywhere, dots for
 * Unallocated, an empty ground for what is not known. Not a component:
 * recharts draws plain elements only.
 */
export function gpuPatterns(chartId: string, theme: Theme) {
  const nobody = nobodyColor(theme);
  const busy = partColor('gpu', theme);
  const tile = {
    width: 6,
    height: 6,
    patternUnits: 'userSpaceOnUse',
  };
  return (
    <defs>
      <pattern
        id={gpuFillId(chartId, 'partial')}
        {...tile}
        patternTransform="rotate(45)"
      >
        <rect width={6} height={6} fill={busy} fillOpacity={0.25} />
        <rect width={3} height={6} fill={busy} />
      </pattern>
      <pattern
        id={gpuFillId(chartId, 'notBusy')}
        {...tile}
        patternTransform="rotate(45)"
      >
        <rect width={1.5} height={6} fill={nobody} />
      </pattern>
      <pattern id={gpuFillId(chartId, 'unknown')} {...tile}>
        <rect width={6} height={6} fill={nobody} fillOpacity={0.15} />
      </pattern>
      <pattern id={gpuFillId(chartId, 'unallocated')} {...tile}>
        <circle cx={3} cy={3} r={1.1} fill={nobody} />
      </pattern>
    </defs>
  );
}
