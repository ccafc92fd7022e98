import Typography from '@material-ui/core/Typography';
import { EntityRefLinks } from '@backstage/plugin-catalog-react';
import { CostScope, TeamCostReport } from '@headroom/plugin-cost-common';
import { useCostTranslation } from '../../useCostTranslation';
import { AnomaliesSection } from '../Anomalies';
import { BreakdownTable } from '../Breakdown';
import { CostEntityLink } from '../CostEntityLink';
import { DayChart } from '../DayChart';
import { reportFileName } from '../fileName';
import { Headline } from '../Headline';
import { OriginDialog, useOrigin } from '../OriginDialog';
import { entityName, Section } from '@headroom/react';
import { Fragment } from 'react';

/** Links that one sentence names. */
const MOST_LINKS = 20;

/** What a team's services cost together, and each of them. */
export function TeamReport(props: {
  report: TeamCostReport;
  scope: CostScope;
  /** Name of the team, for downloads. */
  name: string;
}) {
  const { report, scope, name } = props;
  const { currency, window, days, headline, groups } = report;
  const { t } = useCostTranslation();
  const { figure, open, close } = useOrigin();
  const fileName = reportFileName(name, window);
  return (
    <>
      <Headline headline={headline} report={report} onOrigin={open} />
      <DayChart
        days={days}
        window={window}
        currency={currency}
        fileName={fileName}
        onOrigin={() => open('spend')}
      />
      <Section
        onOrigin={() => open('spend')}
        title={t('team.services')}
        subtitle={
          groups.length > 1 && (
            <>
              {t('team.groups')}{' '}
              <EntityRefLinks entityRefs={groups} defaultKind="group" />
            </>
          )
        }
      >
        <BreakdownTable
          id="services"
          dimension="service"
          label={t('team.services')}
          rows={report.services}
          window={window}
          currency={currency}
          scope={scope}
          fileName={`${fileName}-by-service`}
        />
        <NotAllocated entities={report.notAllocated} scope={scope} />
      </Section>
      <AnomaliesSection
        team={report.entityRef}
        timezone={window.timezone}
        fileName={name}
      />
      <OriginDialog
        figure={figure}
        subject={{ report, headline, days }}
        fileName={fileName}
        onClose={close}
      />
    </>
  );
}

/** Nothing was allocated to them, which is not to say that they cost nothing. */
function NotAllocated(props: {
  entities: TeamCostReport['notAllocated'];
  scope: CostScope;
}) {
  const { entities, scope } = props;
  const { t } = useCostTranslation();
  if (entities.length === 0) {
    return null;
  }
  const left = entities.length - MOST_LINKS;
  return (
    <Typography variant="body2" color="textSecondary">
      {t('team.notAllocated', { count: entities.length })}{' '}
      {entities.slice(0, MOST_LINKS).map(({ entityRef, title }, index) => (
        <Fragment key={entityRef}>
          {index > 0 && ', '}
          <CostEntityLink entityRef={entityRef} scope={scope} isInText>
            {title ?? entityName(entityRef)}
          </CostEntityLink>
        </Fragment>
      ))}
      {left > 0 && `, ${t('team.more', { others: String(left) })}`}
    </Typography>
  );
}
