import Typography from '@material-ui/core/Typography';
import { Section, useKeptFocus } from '@headroom/react';
import { EntityScaling, SavingsReport } from '@headroom/plugin-scaling-common';
import { useRef, useState } from 'react';
import { useScalingSettings } from '../../settings';
import { useScalingTranslation } from '../../useScalingTranslation';
import { useScalingWording } from '../../useScalingWording';
import { InForceTable } from '../InForce';
import { LedgerTable, SavingsSection } from '../Ledger';
import { OverrideButtons } from '../Override';
import { PlanTable } from '../Plans';
import { NewPolicyButton } from '../Policies/NewPolicyButton';
import { PolicyTable } from '../Policies/PolicyTable';
import { TimelineSection } from '../Timeline';
import { shortWorkloadText } from '../WorkloadName';
import { EntityHeadline } from './EntityHeadline';

const HOURS_SHOWN = 48;

/** Everything of one service. */
export function EntityReport(props: {
  report: EntityScaling;
  savings: SavingsReport;
  /** Of the service, for downloads. */
  name: string;
  onChanged: () => void;
}) {
  const { report, savings, name, onChanged } = props;
  const { rows, policies, plans, ledger, abilities, stretches } = report;
  const { t } = useScalingTranslation();
  const wordingOf = useScalingWording();
  const { timezone } = useScalingSettings();
  const top = useRef<HTMLDivElement>(null);
  const keepFocus = useKeptFocus(top);
  const [now] = useState(() => new Date());
  const covered = rows.filter(({ policy }) => policy);
  const changed = () => {
    onChanged();
    keepFocus();
  };
  return (
    <>
      <div ref={top} tabIndex={-1} style={{ outline: 'none' }}>
        <EntityHeadline report={report} />
      </div>
      <Section
        title={t('inForce.title')}
        subtitle={
          covered.length === 0 ? t('entity.noPolicy') : t('entity.inForce')
        }
        action={
          abilities.override && covered.length > 0 ? (
            <OverrideButtons
              workloads={covered.map(({ workload }) => workload)}
              hasNext={covered.every(({ next }) => next !== undefined)}
              onDone={changed}
            />
          ) : (
            abilities.writePolicies && (
              <NewPolicyButton
                query={new URLSearchParams({ entity: report.entityRef })}
              />
            )
          )
        }
      >
        <InForceTable
          id="force"
          rows={rows}
          mayOverride={abilities.override}
          ofEntity
          fileName={`${name}-in-force`}
          onChanged={changed}
        />
      </Section>
      <TimelineSection
        id="next"
        title={t('next.title')}
        subtitle={t('next.subtitle', { timezone })}
        rows={rows.map(({ workload }) => ({
          id: workload.id,
          name: shortWorkloadText(workload),
          stretches: (stretches[workload.id] ?? []).map(stretch => ({
            ...stretch,
            because: wordingOf(stretch.because),
          })),
        }))}
        from={now.toISOString()}
        to={new Date(now.getTime() + HOURS_SHOWN * 3_600_000).toISOString()}
        now={now.toISOString()}
        timezone={timezone}
        fileName={`${name}-next`}
        nothing={<Typography variant="body2">{t('next.nothing')}</Typography>}
      />
      <Section title={t('entity.plans')} subtitle={t('entity.plansText')}>
        {plans.length === 0 ? (
          <Typography variant="body2">{t('plans.noneOfService')}</Typography>
        ) : (
          <PlanTable
            id="plans"
            label={t('entity.plans')}
            plans={plans}
            fileName={`${name}-plans`}
          />
        )}
      </Section>
      <Section
        title={t('policies.title')}
        subtitle={t('entity.policiesText')}
        action={
          abilities.writePolicies &&
          covered.length > 0 && (
            <NewPolicyButton
              query={new URLSearchParams({ entity: report.entityRef })}
            />
          )
        }
      >
        {policies.length === 0 ? (
          <Typography variant="body2">{t('entity.noPolicy')}</Typography>
        ) : (
          <PolicyTable
            id="policies"
            policies={policies}
            fileName={`${name}-policies`}
            onChanged={changed}
          />
        )}
      </Section>
      <Section title={t('ledger.title')} subtitle={t('ledger.subtitle')}>
        {ledger.length === 0 ? (
          <Typography variant="body2">{t('ledger.none')}</Typography>
        ) : (
          <LedgerTable
            id="ledger"
            entries={ledger}
            abilities={abilities}
            fileName={`${name}-ledger`}
            onChanged={changed}
          />
        )}
      </Section>
      <SavingsSection
        rows={savings.rows}
        currency={savings.summary.measured?.currency}
        fileName={`${name}-savings`}
      />
    </>
  );
}
