import { useState } from 'react';
import { CostScope, WINDOW_PRESETS, WindowPreset } from '../../scope';
import { useCostTranslation } from '../../useCostTranslation';
import { ChoiceGroup } from './ChoiceGroup';
import { CustomDates } from './CustomDates';

/** Picks the window: a preset at once, dates of one's own when both are known. */
export function WindowPicker(props: {
  scope: CostScope;
  onChange: (scope: CostScope) => void;
}) {
  const { scope, onChange } = props;
  const { t } = useCostTranslation();
  const [picking, setPicking] = useState(scope.window === 'custom');
  const { from, to, ...rest } = scope;
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
          from={from}
          to={to}
          onPick={(first, last) =>
            onChange({ ...rest, window: 'custom', from: first, to: last })
          }
        />
      )}
    </>
  );
}
