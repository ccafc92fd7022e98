import { CostEstimate } from '@headroom/plugin-cost-common';
import { microsToDecimal } from '@headroom/common';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useEffect, useId } from 'react';
import { useScalingTranslation } from '../../useScalingTranslation';
import { CostReport } from './CostReport';
import { CostStatus } from './CostStatus';
import { estimateQuestion } from './estimateQuestion';
import { FieldProps, formValuesOf } from './fieldProps';
import { useEstimate } from './useEstimate';

/** What the form keeps of an estimate: money as decimals. */
export interface CostValue {
  cluster: string;
  currency: string;
  minMonthly: string;
  maxMonthly: string;
  hoursPerMonth: number;
  /** Everything is priced; else it costs that at least. */
  known: boolean;
  /** ISO 8601 UTC. */
  at: string;
}

/** What a template may say of the field. */
export interface CostOptions {
  /** Fields of a service that are no parameters of the template. */
  fixed?: Record<string, unknown>;
}

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1.5),
    padding: theme.spacing(2),
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
  },
}));

/** What is about to be created will cost this, before anybody creates it. */
export function HeadroomCost(
  props: FieldProps<CostValue | undefined, CostOptions>,
) {
  const { formData, onChange, schema, uiSchema } = props;
  const classes = useStyles();
  const id = useId();
  const { t } = useScalingTranslation();
  const question = estimateQuestion(
    formValuesOf(props),
    uiSchema?.['ui:options']?.fixed,
  );
  const request = question.status === 'ready' ? question.request : undefined;
  const { state, retry } = useEstimate(request);
  const estimate =
    request && state.status === 'ok' ? state.estimate : undefined;

  // What the form keeps is of what it shows: nothing, while nothing is known.
  // A form makes an empty object of an object that there isn't.
  const kept = formData?.at ? keyOf(formData) : undefined;
  const shown = estimate && keyOf(valueOf(estimate, ''));
  useEffect(() => {
    if (kept !== shown) {
      onChange(estimate && valueOf(estimate, new Date().toISOString()));
    }
  }, [kept, shown, estimate, onChange]);

  return (
    <section className={classes.root} aria-labelledby={id}>
      <Typography id={id} variant="h6" component="h3">
        {schema?.title ?? t('stamping.cost.label')}
      </Typography>
      <div
        role="status"
        aria-live="polite"
        // What is busy is not read out: what failed is no longer.
        aria-busy={request !== undefined && state.status === 'asking'}
      >
        <CostStatus question={question} state={state} retry={retry} />
      </div>
      {estimate && question.status === 'ready' && (
        <CostReport estimate={estimate} question={question} />
      )}
    </section>
  );
}

function valueOf(
  { cluster, currency, monthly, hoursPerMonth, complete }: CostEstimate,
  at: string,
): CostValue {
  return {
    cluster,
    currency,
    minMonthly: microsToDecimal(BigInt(monthly.min)),
    maxMonthly: microsToDecimal(BigInt(monthly.max)),
    hoursPerMonth,
    known: complete,
    at,
  };
}

/** What of a value is of the estimate, and not of when it was made. */
function keyOf({ at, ...of }: CostValue): string {
  return JSON.stringify(of);
}
