import { entityName, formatInstant, Notice } from '@headroom/react';
import { useScalingSettings } from '../../settings';
import { useScalingTranslation } from '../../useScalingTranslation';

/** On every page while everything, or some services, are stopped: by whom, since when and why. */
export function KillSwitchBanner() {
  const { settings, timezone } = useScalingSettings();
  const { t } = useScalingTranslation();
  if (!settings?.killSwitch.on) {
    return null;
  }
  const { by, at, reason, services } = settings.killSwitch;
  return (
    <Notice severity="error">
      <strong>
        {services === undefined
          ? t('kill.isOn')
          : t('kill.isOnFor', { count: services })}
      </strong>{' '}
      {by &&
        at &&
        t('kill.by', {
          by: entityName(by),
          at: formatInstant(at, timezone),
          reason: reason ?? '',
        })}{' '}
      {t(services === undefined ? 'kill.meanwhile' : 'kill.meanwhileFor')}
    </Notice>
  );
}
