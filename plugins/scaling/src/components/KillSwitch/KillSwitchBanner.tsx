import { entityName, formatInstant, Notice } from '@headroom/react';
import { useScalingSettings } from '../../settings';
import { useScalingTranslation } from '../../useScalingTranslation';

/** On every page while everything is stopped: who stopped it, since when and why. */
export function KillSwitchBanner() {
  const { settings, timezone } = useScalingSettings();
  const { t } = useScalingTranslation();
  if (!settings?.killSwitch.on) {
    return null;
  }
  const { by, at, reason } = settings.killSwitch;
  return (
    <Notice severity="error">
      <strong>{t('kill.isOn')}</strong>{' '}
      {by &&
        at &&
        t('kill.by', {
          by: entityName(by),
          at: formatInstant(at, timezone),
          reason: reason ?? '',
        })}{' '}
      {t('kill.meanwhile')}
    </Notice>
  );
}
