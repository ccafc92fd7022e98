import { CostEstimate } from '@headroom/plugin-cost-common';
import { formatMoney, Notice } from '@headroom/react';
import { decimalToMicros } from '@headroom/common';
import Typography from '@material-ui/core/Typography';
import { useScalingTranslation } from '../../useScalingTranslation';
import { useScalingWording } from '../../useScalingWording';
import { CheaperChoices } from './CheaperChoices';
import { CostPrices } from './CostPrices';
import { CostTable } from './CostTable';
import { ReadyQuestion } from './estimateQuestion';
import { SimilarCosts } from './SimilarCosts';
import { TeamBudget } from './TeamBudget';

/** Where the figure comes from, what it leaves out, and what else there is. */
export function CostReport(props: {
  estimate: CostEstimate;
  question: ReadyQuestion;
}) {
  const { estimate, question } = props;
  const { cluster, currency, simulated, similar, unknown, withIdle } = estimate;
  const { min, max } = question.spec.replicas;
  const { t } = useScalingTranslation();
  const wordingOf = useScalingWording();
  return (
    <>
      <Typography variant="body2">
        {min === max
          ? t('stamping.cost.sameReplicas', { count: min, cluster })
          : t('stamping.cost.replicas', {
              min: String(min),
              max: String(max),
              cluster,
            })}{' '}
        {simulated && t('stamping.cost.simulated')}
      </Typography>
      <Budget {...props} />
      {unknown.map(({ resource, said }) => (
        <Notice key={`${resource} ${said.message}`} severity="warning">
          {wordingOf(said)}
        </Notice>
      ))}
      <CostTable estimate={estimate} />
      {withIdle && (
        <Typography variant="body2">
          {t('stamping.cost.withIdle', {
            min: formatMoney(BigInt(withIdle.min), currency),
            max: formatMoney(BigInt(withIdle.max), currency),
          })}
        </Typography>
      )}
      <CostPrices estimate={estimate} />
      {question.owner && (
        <TeamBudget estimate={estimate} owner={question.owner} />
      )}
      <SimilarCosts similar={similar} currency={currency} />
      <CheaperChoices estimate={estimate} choices={question.choices} />
    </>
  );
}

/** For how many replicas a budget lasts, should they run all month. */
function Budget(props: { estimate: CostEstimate; question: ReadyQuestion }) {
  const { monthly, currency, complete } = props.estimate;
  const { budget, replicas } = props.question.spec;
  const { t } = useScalingTranslation();
  const most = BigInt(monthly.max);
  if (
    !budget ||
    !/^\d+(\.\d{1,2})?$/.test(budget.amount) ||
    budget.currency !== currency ||
    most === 0n ||
    !complete
  ) {
    return null;
  }
  const micros = decimalToMicros(budget.amount);
  const text = formatMoney(micros, currency);
  return (
    <Typography variant="body2">
      {micros >= most
        ? t('stamping.cost.budgetHolds', { budget: text })
        : t('stamping.cost.budget', {
            budget: text,
            replicas: String((micros * BigInt(replicas.max)) / most),
          })}
    </Typography>
  );
}
