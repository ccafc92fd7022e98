import { useApi } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import {
  errorMessage,
  formatMoney,
  Notice,
  Section,
  toMicros,
  useReport,
} from '@headroom/react';
import { useCallback, useState } from 'react';
import { costApiRef } from '../../api';
import { useAnomalyTranslation } from '../../useAnomalyTranslation';
import { OpenAnomaly } from './OpenAnomaly';
import { PastAnomalies } from './PastAnomalies';

/** So many open ones are told in full before somebody asks for the others. */
const FIRST_OPEN = 5;

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
  const [isWhole, setWhole] = useState(false);
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
  const open = anomalies.filter(({ closedAt }) => closedAt === undefined);
  const shown = isWhole ? open : open.slice(0, FIRST_OPEN);
  return (
    <Section
      title={t('title')}
      subtitle={t('subtitle', {
        floor: formatMoney(toMicros(rule.floor), currency),
        percent: String(rule.percent),
      })}
    >
      {shown.map(row => (
        <OpenAnomaly
          key={row.id}
          row={row}
          currency={currency}
          timezone={timezone}
          onChanged={retry}
        />
      ))}
      {shown.length < open.length && (
        <Button onClick={() => setWhole(true)}>
          {t('allOpen', { number: String(open.length) })}
        </Button>
      )}
      {anomalies.length > 0 ? (
        <PastAnomalies
          rows={anomalies}
          isLinked={service === undefined}
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
