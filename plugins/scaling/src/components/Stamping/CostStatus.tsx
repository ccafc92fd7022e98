import { errorKind, errorMessage, Notice } from '@headroom/react';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { useScalingTranslation } from '../../useScalingTranslation';
import { CostFigure } from './CostFigure';
import { EstimateQuestion } from './estimateQuestion';
import { EstimateState } from './useEstimate';

/** The figure, or why there is none yet and what to do for it. */
export function CostStatus(props: {
  question: EstimateQuestion;
  state: EstimateState;
  retry: () => void;
}) {
  const { question, state, retry } = props;
  const { t } = useScalingTranslation();
  if (question.status === 'missing') {
    const fields = question.fields.map(field =>
      t(`stamping.cost.fields.${field}`),
    );
    return (
      <Typography>
        {t('stamping.cost.missing', { fields: fields.join(', ') })}
      </Typography>
    );
  }
  if (question.status === 'unreadable') {
    return (
      <Notice severity="warning">
        {t('stamping.cost.unreadable', { problem: question.problem })}
      </Notice>
    );
  }
  switch (state.status) {
    case 'ok':
      return <CostFigure estimate={state.estimate} />;
    case 'error':
      return errorKind(state.error) === 'not-allowed' ? (
        <Notice severity="info">{t('stamping.cost.notAllowed')}</Notice>
      ) : (
        <Notice severity="warning">
          {t('stamping.cost.failed', { problem: errorMessage(state.error) })}{' '}
          <Button size="small" onClick={retry}>
            {t('stamping.cost.retry')}
          </Button>
        </Notice>
      );
    default:
      return <Typography>{t('stamping.cost.asking')}</Typography>;
  }
}
