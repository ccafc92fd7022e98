import { CostEstimate, MonthlyRange } from '@headroom/plugin-cost-common';
import Typography from '@material-ui/core/Typography';
import { formatMoney } from '@headroom/react';
import { useScalingTranslation } from '../../useScalingTranslation';

/** A month in words: an amount, or a range of two. */
export function useMonthlyText(): (
  monthly: MonthlyRange,
  currency: string,
  complete: boolean,
) => string {
  const { t } = useScalingTranslation();
  return ({ min, max }, currency, complete) => {
    const [low, high] = [min, max].map(micros =>
      formatMoney(BigInt(micros), currency),
    );
    if (low === high) {
      return t(complete ? 'stamping.cost.figure' : 'stamping.cost.atLeast', {
        amount: low,
      });
    }
    return t(complete ? 'stamping.cost.range' : 'stamping.cost.atLeastRange', {
      min: low,
      max: high,
    });
  };
}

/** The number of it all. */
export function CostFigure(props: { estimate: CostEstimate }) {
  const { monthly, currency, complete } = props.estimate;
  const text = useMonthlyText();
  return (
    <Typography variant="h5" component="p">
      {text(monthly, currency, complete)}
    </Typography>
  );
}
