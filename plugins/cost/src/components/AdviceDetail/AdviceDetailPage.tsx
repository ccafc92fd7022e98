import { Link } from '@backstage/core-components';
import { useApi } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { useCallback } from 'react';
import { useParams } from 'react-router-dom';
import { AdviceDetail } from '@headroom/plugin-cost-common';
import {
  ExplainDialog,
  calendarDay,
  useColumn,
  useReport,
  useUrlParam,
} from '@headroom/react';
import { costApiRef } from '../../api';
import { useCostTranslation } from '../../useCostTranslation';
import { useCostWording } from '../../useCostWording';
import { AdviceFrame } from '../Advice/AdviceFrame';
import { useAdviceHref } from '../Advice/useAdviceHref';
import { reportFileName } from '../fileName';
import { ApplySection } from './ApplySection';
import { BacktestSection } from './BacktestSection';
import { DecideSection } from './DecideSection';
import { DetailHead } from './DetailHead';
import { DetailHeadline } from './DetailHeadline';
import { evidenceSteps } from './evidenceSteps';
import { LimitsSection } from './LimitsSection';
import { ResourceSection } from './ResourceSection';
import { Siblings } from './Siblings';
import { SteeringSection } from './SteeringSection';
import { TakeSection } from './TakeSection';
import { VpaSection } from './VpaSection';

const useStyles = makeStyles({
  root: {
    // Names of Kubernetes have up to 253 characters and no place to break.
    overflowWrap: 'anywhere',
    // A table that is too wide scrolls instead of breaking its words.
    '& table': { overflowWrap: 'normal' },
  },
});

function DetailReport(props: { detail: AdviceDetail; onDecided: () => void }) {
  const { detail, onDecided } = props;
  const { row, advice } = detail;
  const { t } = useCostTranslation();
  const wordingOf = useCostWording();
  const classes = useStyles();
  const column = useColumn();
  const [origin, setOrigin] = useUrlParam('origin');
  const { start, end } = advice.evidence.window;
  const fileName = reportFileName(
    `advice-${row.workload.name}-${row.container}`,
    {
      start: calendarDay(start, detail.timezone),
      end: calendarDay(end, detail.timezone),
    },
  );
  const openEvidence = () => setOrigin('evidence');
  return (
    <div className={`${column.root} ${classes.root}`}>
      <DetailHead row={row} />
      {row.entityRef && <Siblings row={row} entityRef={row.entityRef} />}
      <DetailHeadline detail={detail} onOrigin={openEvidence} />
      <ResourceSection detail={detail} resource="cpu" fileName={fileName} />
      <ResourceSection detail={detail} resource="memory" fileName={fileName} />
      <BacktestSection detail={detail} />
      <VpaSection detail={detail} />
      <SteeringSection detail={detail} />
      <LimitsSection detail={detail} />
      <ApplySection detail={detail} />
      <TakeSection detail={detail} fileName={fileName} />
      <DecideSection detail={detail} onDecided={onDecided} />
      <div>
        <Button variant="outlined" size="small" onClick={openEvidence}>
          {t('advice.detail.evidence')}
        </Button>
      </div>
      <ExplainDialog
        explanation={
          origin === 'evidence'
            ? {
                title: t('advice.detail.evidenceTitle'),
                meaning: t('advice.detail.evidenceMeaning'),
                steps: evidenceSteps(detail, t, wordingOf),
              }
            : undefined
        }
        onClose={() => setOrigin(undefined)}
      />
    </div>
  );
}

/** Why this number: the page of one container's advice, under a service or under `/cost`. */
export function AdviceDetailPage() {
  const { id = '' } = useParams();
  const api = useApi(costApiRef);
  const { t } = useCostTranslation();
  const href = useAdviceHref();
  const [currency, setCurrency] = useUrlParam('currency');
  const load = useCallback(
    async (signal: AbortSignal) => {
      const detail = await api.getAdviceDetail(id, { currency }, { signal });
      const { window } = detail.advice.evidence;
      return {
        ...detail,
        window: { ...window, days: detail.advice.evidence.days },
      };
    },
    [api, id, currency],
  );
  const { state, retry } = useReport(load, `${id}?${currency ?? ''}`);
  return (
    <AdviceFrame
      state={state}
      onRetry={retry}
      currency={currency}
      onCurrency={setCurrency}
      notFound={{
        title: t('advice.state.notAdviceTitle'),
        text: t('advice.state.notAdvice'),
        next: <Link to={href()}>{t('advice.state.back')}</Link>,
      }}
      lead={<Link to={href()}>← {t('advice.detail.back')}</Link>}
    >
      {detail => <DetailReport detail={detail} onDecided={retry} />}
    </AdviceFrame>
  );
}
