import { useApi } from '@backstage/core-plugin-api';
import Typography from '@material-ui/core/Typography';
import {
  errorMessage,
  formatMoney,
  Notice,
  Section,
  toMicros,
  useReport,
} from '@headroom/react';
import { useCallback } from 'react';
import { costApiRef } from '../../api';
import { useAnomalyTranslation } from '../../useAnomalyTranslation';
import { OpenAnomaly } from './OpenAnomaly';
import { PastAnomalies } from './PastAnomalies';

/** What cost too much: what is open with why, and what was before. */
export function AnomaliesSection(props: {
  /** Entity reference of the service or the team; absent = everything. */
  service?: string;
  team?: string;
  /** IANA zone of days. */
  timezone: string;
  /** For downloads. */
  fileName: string;
}) {
  const { service, team, timezone, fileName } = props;
  const api = useApi(costApiRef);
  const { t } = useAnomalyTranslation();
  const load = useCallback(
    (signal: AbortSignal) => {
      const ofTeam = team ? { team } : undefined;
      return api.getAnomalies(service ? { service } : ofTeam, { signal });
    },
    [api, service, team],
  );
  const { state, retry } = useReport(
    load,
    `anomalies ${service ?? team ?? ''}`,
  );
  if (state.status === 'error') {
    return (
      <Section title={t('title')}>
        <Notice severity="warning">
          {t('failed', { reason: errorMessage(state.error) })}
        </Notice>
      </Section>
    );
  }
  if (state.status !== 'ok') {
    return null;
  }
  const { currency, rule, anomalies } = state.value;
  return (
    <Section
      title={t('title')}
      subtitle={t('subtitle', {
        floor: formatMoney(toMicros(rule.floor), currency),
        percent: String(rule.percent),
      })}
    >
      {anomalies
        .filter(({ closedAt }) => closedAt === undefined)
        .map(row => (
          <OpenAnomaly
            key={row.id}
            row={row}
            currency={currency}
            timezone={timezone}
            onChanged={retry}
          />
        ))}
      {anomalies.length > 0 ? (
        <PastAnomalies
          rows={anomalies}
          currency={currency}
          timezone={timezone}
          fileName={`anomalies-${fileName}`}
          onChanged={retry}
        />
      ) : (
        <Typography variant="body2">{t('none')}</Typography>
      )}
    </Section>
  );
}
