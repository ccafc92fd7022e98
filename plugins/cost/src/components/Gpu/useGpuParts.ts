import { useTheme } from '@material-ui/core/styles';
import { useMemo } from 'react';
import { ChartPart, PartFill } from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { nobodyColor, partColor } from '../colors';
import { GpuUseDay } from './gpuNumbers';

/** The parts a day's device-hours are drawn in, from the axis up. */
export const GPU_PARTS = ['busy', 'unused', 'unknown', 'idle'] as const;

/** One of {@link GPU_PARTS}. */
export type GpuPart = (typeof GPU_PARTS)[number];

/**
 * Idle looks here as it does on every page; Unused has the colour of GPUs, as
 * somebody holds it; what is not known has an empty ground.
 */
const FILLS: Record<GpuPart, PartFill> = {
  busy: 'solid',
  unused: 'dots',
  unknown: 'shade',
  idle: 'stripes',
};

/** The parts that some day has, as a chart draws them; busy hours always, also none. */
export function useGpuParts(days: readonly GpuUseDay[]): ChartPart[] {
  const theme = useTheme();
  const { t } = useCostTranslation();
  return useMemo(
    () =>
      GPU_PARTS.filter(
        part => part === 'busy' || days.some(day => (day[part] ?? 0) > 0),
      ).map(id => ({
        id,
        label: t(`gpuUse.part.${id}`),
        color:
          id === 'busy' || id === 'unused'
            ? partColor('gpu', theme)
            : nobodyColor(theme),
        fill: FILLS[id],
      })),
    [days, t, theme],
  );
}
