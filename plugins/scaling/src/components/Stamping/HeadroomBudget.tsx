import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import { useScalingTranslation } from '../../useScalingTranslation';
import { FieldProps, inputPropsOf, schemaProblem } from './fieldProps';

/** An amount a month, as a service's annotation writes it. */
export interface BudgetValue {
  amount?: string;
  currency?: string;
}

/** What a template may say of the field. */
export interface BudgetOptions {
  /** ISO 4217; else USD. */
  currency?: string;
}

const useStyles = makeStyles(theme => ({
  root: { display: 'flex', gap: theme.spacing(2), alignItems: 'flex-start' },
  amount: { flex: 1 },
  currency: { width: 120 },
}));

/** How much a new service may cost a month. */
export function HeadroomBudget(
  props: FieldProps<BudgetValue | undefined, BudgetOptions>,
) {
  const { formData, onChange, uiSchema, idSchema, errorSchema } = props;
  const [wrongAmount, wrongCurrency] = ['amount', 'currency'].map(part =>
    schemaProblem(errorSchema, part),
  );
  const classes = useStyles();
  const { t } = useScalingTranslation();
  const usual = uiSchema?.['ui:options']?.currency ?? 'USD';
  const currency = formData?.currency ?? usual;
  const amount = formData?.amount ?? '';
  const change = (next: { amount: string; currency: string }) =>
    onChange(next.amount === '' ? undefined : next);

  const { inputProps, ...input } = inputPropsOf(props, {
    label: t('stamping.budget.label'),
    hint: t('stamping.budget.hint'),
  });
  return (
    <div className={classes.root}>
      <TextField
        {...input}
        className={classes.amount}
        error={input.error || wrongAmount !== undefined}
        helperText={wrongAmount ?? input.helperText}
        value={amount}
        onChange={event =>
          change({ amount: event.target.value.trim(), currency })
        }
        inputProps={{ ...inputProps, inputMode: 'decimal' }}
      />
      <TextField
        id={`${idSchema?.$id}-currency`}
        className={classes.currency}
        label={t('stamping.budget.currency')}
        value={currency}
        disabled={input.disabled}
        error={wrongCurrency !== undefined}
        helperText={wrongCurrency}
        onChange={event =>
          change({
            amount,
            currency: event.target.value.trim().toLocaleUpperCase('en-US'),
          })
        }
        inputProps={{ maxLength: 3, spellCheck: false }}
      />
    </div>
  );
}
