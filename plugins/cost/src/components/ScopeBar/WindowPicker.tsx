import { CostScope, WindowPreset } from '@headroom/plugin-cost-common';
import { ChoiceGroup } from '@headroom/react';
import { useEffect, useState } from 'react';
import { WINDOW_PRESETS } from '../../scope';
import { useCostTranslation } from '../../useCostTranslation';
import { CustomDates } from './CustomDates';

/** Picks the window: a preset at once, dates of one's own when both are known. */
export function WindowPicker(props: {
  scope: CostScope;
  onChange: (scope: CostScope) => void;
  /** First and last day on the page: where dates of one's own start from. */
  shown?: { from: string; to: string };
  /** Last day that can be asked for. */
  today?: string;
}) {
  const { scope, onChange, shown, today } = props;
  const { t } = useCostTranslation();
  const [picking, setPicking] = useState(scope.window === 'custom');
  const { from, to, ...rest } = scope;
  // A window that comes from elsewhere, e.g. with the back button, ends the picking.
  useEffect(() => {
    setPicking(scope.window === 'custom');
  }, [scope.window, from, to]);
  const first = from ?? shown?.from;
  const last = to ?? shown?.to;
  const choose = (window: WindowPreset) => {
    setPicking(window === 'custom');
    if (window !== 'custom') {
      onChange({ ...rest, window });
    }
  };
  return (
    <>
      <ChoiceGroup
        label={t('scope.window')}
        choices={WINDOW_PRESETS.map(value => ({
          value,
          label: t(`scope.windows.${value}`),
        }))}
        value={picking ? 'custom' : scope.window}
        onChoose={choose}
      />
      {picking && (
        <CustomDates
          from={first}
          to={last}
          max={today}
          onPick={(firstDay, lastDay) =>
            onChange({ ...rest, window: 'custom', from: firstDay, to: lastDay })
          }
        />
      )}
    </>
  );
}
