import { CodeSnippet } from '@backstage/core-components';
import Typography from '@material-ui/core/Typography';
import ScheduleIcon from '@material-ui/icons/Schedule';
import { StatePage } from '@headroom/react';
import { useScalingSettings } from '../../settings';
import { useScalingTranslation } from '../../useScalingTranslation';
import { NewPolicyButton } from '../Policies/NewPolicyButton';

/** No policy is there: says the ways to make the first. */
export function NoPolicies() {
  const { t } = useScalingTranslation();
  const { abilities } = useScalingSettings();
  return (
    <StatePage icon={ScheduleIcon} title={t('noPolicies.title')}>
      <Typography paragraph>{t('noPolicies.text')}</Typography>
      {abilities.writePolicies ? (
        <Typography paragraph component="div">
          <NewPolicyButton />
        </Typography>
      ) : (
        <Typography paragraph>{t('noPolicies.notAllowed')}</Typography>
      )}
      <Typography variant="subtitle2" component="h3">
        {t('noPolicies.byConfig', { key: 'headroom.scaling.policies' })}
      </Typography>
      <CodeSnippet
        language="text"
        showCopyCodeButton
        text={`# app-config.yaml
headroom:
  scaling:
    policies:
      - id: nights
        title: Previews sleep at night
        scope: { type: namespace, namespace: previews }
        outside: { type: zero }
        schedules:
          - zone: Europe/Berlin
            windows:
              - type: weekly
                days: [mon, tue, wed, thu, fri]
                times: { start: '07:00', end: '19:00' }
                wish: { type: untouched }`}
      />
    </StatePage>
  );
}
