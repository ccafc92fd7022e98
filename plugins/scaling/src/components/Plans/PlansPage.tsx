import { useApi } from '@backstage/core-plugin-api';
import Typography from '@material-ui/core/Typography';
import { ChoiceGroup, Section, useUrlParam } from '@headroom/react';
import { useCallback } from 'react';
import { scalingApiRef } from '../../api';
import { useLiveReport } from '../../live';
import { loadRows, MoreRows, PAGE_LIMIT } from '../../rows';
import { useScalingTranslation } from '../../useScalingTranslation';
import { ScalingFrame } from '../ScalingFrame';
import { PlanTable } from './PlanTable';

const WHICH = ['open', 'all'] as const;

/**
 * What waits for the reader's approval, what nobody can tell of, and what else is
 * under way.
 *
 * @public
 */
export function PlansPage() {
  const api = useApi(scalingApiRef);
  const { t } = useScalingTranslation();
  const [picked, pick] = useUrlParam('which');
  const which = WHICH.find(each => each === picked) ?? 'open';
  const load = useCallback(
    async (signal: AbortSignal) => {
      const ask = (filter: Parameters<typeof api.getPlans>[0]) =>
        loadRows(cursor =>
          api.getPlans({ ...filter, cursor, limit: PAGE_LIMIT }, { signal }),
        );
      const [mine, unresolved, others] = await Promise.all([
        ask({ state: 'waiting', mine: true }),
        ask({ state: 'unresolved' }),
        ask(which === 'open' ? { state: 'open' } : {}),
      ]);
      return { which, mine, unresolved, others };
    },
    [api, which],
  );
  // The inbox stays in place while the plans below are others.
  const { state, retry } = useLiveReport(load);
  return (
    <ScalingFrame state={state} onRetry={retry}>
      {({ mine, unresolved, others }) => {
        const above = new Set(
          [...mine.rows, ...unresolved.rows].map(({ id }) => id),
        );
        const rest = others.rows.filter(({ id }) => !above.has(id));
        return (
          <>
            <Section
              title={t('plans.mine', { count: mine.total })}
              subtitle={t('plans.mineText')}
            >
              {mine.rows.length === 0 ? (
                <Typography variant="body2">{t('plans.mineNone')}</Typography>
              ) : (
                <PlanTable
                  id="mine"
                  label={t('plans.mineTable')}
                  plans={mine.rows}
                  fileName="plans-that-wait"
                />
              )}
            </Section>
            {unresolved.rows.length > 0 && (
              <Section
                title={t('plans.unresolved')}
                subtitle={t('plans.unresolvedText')}
              >
                <PlanTable
                  id="unresolved"
                  label={t('plans.unresolved')}
                  plans={unresolved.rows}
                  fileName="plans-unresolved"
                />
              </Section>
            )}
            <Section
              title={t(`plans.${which}.title`)}
              action={
                <ChoiceGroup
                  label={t('plans.which')}
                  choices={WHICH.map(value => ({
                    value,
                    label: t(`plans.${value}.button`),
                  }))}
                  value={which}
                  onChoose={value => pick(value === 'open' ? undefined : value)}
                />
              }
            >
              <MoreRows loaded={others} />
              {rest.length === 0 ? (
                <Typography variant="body2">{t('plans.none')}</Typography>
              ) : (
                <PlanTable
                  id="plans"
                  label={t(`plans.${which}.title`)}
                  plans={rest}
                  fileName="plans"
                />
              )}
            </Section>
          </>
        );
      }}
    </ScalingFrame>
  );
}
