import { useApi } from '@backstage/core-plugin-api';
import Typography from '@material-ui/core/Typography';
import { FigureGrid, SavedFigure, Section } from '@headroom/react';
import { useCallback } from 'react';
import { scalingApiRef } from '../../api';
import { useLiveReport } from '../../live';
import {
  loadRows,
  MoreRows,
  PAGE_LIMIT,
  ScopeFilter,
  useScopeFilter,
} from '../../rows';
import { useScalingSettings } from '../../settings';
import { useScalingTranslation } from '../../useScalingTranslation';
import { useScalingWording } from '../../useScalingWording';
import { ScalingFrame } from '../ScalingFrame';
import { LedgerTable } from './LedgerTable';
import { SavingsSection } from './SavingsSection';

/**
 * What was done, by whom, with what effect.
 *
 * @public
 */
export function LedgerPage() {
  const api = useApi(scalingApiRef);
  const { t } = useScalingTranslation();
  const wordingOf = useScalingWording();
  const { abilities } = useScalingSettings();
  const filter = useScopeFilter();
  const load = useCallback(
    async (signal: AbortSignal) => {
      const [ledger, savings] = await Promise.all([
        loadRows(cursor =>
          api.getLedger({ ...filter, cursor, limit: PAGE_LIMIT }, { signal }),
        ),
        api.getSavings({ ...filter, limit: PAGE_LIMIT }, { signal }),
      ]);
      return {
        ledger,
        savings,
        filtered: Object.values(filter).some(Boolean),
      };
    },
    [api, filter],
  );
  const { state, retry, refresh } = useLiveReport(load);
  return (
    <ScalingFrame state={state} onRetry={retry}>
      {({ ledger, savings, filtered }) => {
        const { measured, notYet, remark } = savings.summary;
        return (
          <>
            <FigureGrid>
              <SavedFigure
                measured={measured}
                notYet={notYet}
                remark={remark && wordingOf(remark)}
              />
            </FigureGrid>
            <Section title={t('ledger.title')} subtitle={t('ledger.subtitle')}>
              {ledger.total === 0 && !filtered ? (
                <Typography variant="body2">{t('ledger.none')}</Typography>
              ) : (
                <>
                  <MoreRows loaded={ledger} />
                  <LedgerTable
                    id="ledger"
                    entries={ledger.rows}
                    abilities={abilities}
                    tools={<ScopeFilter policy />}
                    fileName="scaling-ledger"
                    onChanged={refresh}
                  />
                </>
              )}
            </Section>
            <SavingsSection
              rows={savings.rows}
              currency={measured?.currency}
              fileName="scaling-savings"
            />
          </>
        );
      }}
    </ScalingFrame>
  );
}
