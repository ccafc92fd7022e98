import { useTheme } from '@material-ui/core/styles';
import { useMemo } from 'react';
import { ChartPart } from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { partColor } from '../colors';

/** Paid is an outline, busy is filled: told apart without colour. */
export function useHourParts(): ChartPart[] {
  const theme = useTheme();
  const { t } = useCostTranslation();
  return useMemo(() => {
    const color = partColor('gpu', theme);
    return [
      { id: 'paidHours', label: t('gpu.paidHours'), color, fill: 'outline' },
      { id: 'busyHours', label: t('gpu.busyHours'), color },
    ];
  }, [t, theme]);
}
