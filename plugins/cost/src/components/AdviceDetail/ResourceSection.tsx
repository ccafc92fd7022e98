import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { AdvisedResource, AdviceDetail } from '@headroom/plugin-cost-common';
import { Section, TableToggle, useShownAsTable } from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { useCostWording } from '../../useCostWording';
import { StatusTag } from '../Advice/StatusTag';
import { ReasonList } from './ReasonList';
import { ResourceCharts } from './ResourceCharts';
import { ResourceTables } from './ResourceTables';
import { SettingTable } from './SettingTable';
import { UsageFigures } from './UsageFigures';

const useStyles = makeStyles(theme => ({
  facts: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(2, 6),
    margin: theme.spacing(2, 0),
    alignItems: 'flex-start',
  },
  usage: { '& h3': { marginBottom: theme.spacing(0.5) } },
}));

/** One resource of a container: what to set, why, and the use it is drawn from. */
export function ResourceSection(props: {
  detail: AdviceDetail;
  resource: AdvisedResource;
  fileName: string;
}) {
  const { detail, resource, fileName } = props;
  const advice = detail.advice[resource];
  const classes = useStyles();
  const { t } = useCostTranslation();
  const wordingOf = useCostWording();
  const asTable = useShownAsTable(resource);
  return (
    <Section
      title={t(`advice.detail.resourceTitle.${resource}`)}
      subtitle={<StatusTag status={advice.status} />}
      action={<TableToggle param={resource} />}
    >
      <Typography>{wordingOf(detail.explanation[resource])}</Typography>
      <ReasonList
        reasons={advice.reasons}
        withheld={advice.status === 'withheld'}
      />
      <div className={classes.facts}>
        <SettingTable resource={resource} advice={advice} />
        {advice.usage && (
          <div className={classes.usage}>
            <Typography variant="subtitle2" component="h3">
              {t('advice.detail.usage')}
            </Typography>
            <UsageFigures resource={resource} usage={advice.usage} />
          </div>
        )}
      </div>
      {asTable ? (
        <ResourceTables
          detail={detail}
          resource={resource}
          fileName={fileName}
        />
      ) : (
        <ResourceCharts detail={detail} resource={resource} />
      )}
    </Section>
  );
}
