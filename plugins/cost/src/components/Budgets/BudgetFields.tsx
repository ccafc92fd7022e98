import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { BUDGET_WEEKDAYS } from '@headroom/plugin-cost-common';
import { useId } from 'react';
import {
  BudgetTranslate,
  useBudgetTranslation,
} from '../../useBudgetTranslation';
import {
  BudgetField,
  BudgetFormError,
  BudgetFormErrors,
  BudgetFormValues,
  COST_CHOICES,
  SCOPE_TYPES,
} from './budgetForm';

const useStyles = makeStyles(theme => ({
  row: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(140px, 1fr))',
    gap: theme.spacing(2),
  },
}));

const EXAMPLES = {
  group: 'group:default/shop',
  service: 'component:default/web',
  system: 'system:default/shop',
  domain: 'domain:default/retail',
} as const;
const PERIODS = ['week', 'month', 'quarter', 'year'] as const;
const CARRIES = ['none', 'unused', 'both'] as const;

interface FieldsProps {
  values: BudgetFormValues;
  errors: BudgetFormErrors;
  /** What it is for, where that is not to be chosen. */
  fixedScope?: string;
  currencies: string[];
  timezone: string;
  onChange: (change: Partial<BudgetFormValues>) => void;
}

/** The fields of a budget, each with what is wrong with it. */
export function BudgetFields(props: FieldsProps) {
  const { values, fixedScope, currencies, timezone } = props;
  const classes = useStyles();
  const { t } = useBudgetTranslation();
  return (
    <>
      <Text
        {...props}
        field="title"
        label={t('form.name')}
        hint={t('form.nameHint')}
      />
      {fixedScope === undefined ? (
        <ScopeFields {...props} />
      ) : (
        <Typography variant="body2">
          {t('form.scope')} <strong>{fixedScope}</strong>
        </Typography>
      )}
      <div className={classes.row}>
        <Text
          {...props}
          field="amount"
          label={t('form.amount')}
          hint={t('form.amountHint')}
          required
        />
        <Choice
          {...props}
          field="currency"
          label={t('form.currency')}
          choices={currencies.map(value => [value, value])}
        />
        <Choice
          {...props}
          field="periodType"
          label={t('form.period')}
          choices={PERIODS.map(value => [value, t(`period.${value}`)])}
        />
      </div>
      <div className={classes.row}>
        {values.periodType === 'week' && (
          <Choice
            {...props}
            field="weekday"
            label={t('form.weekday')}
            choices={BUDGET_WEEKDAYS.map(value => [
              value,
              t(`form.weekdays.${value}`),
            ])}
          />
        )}
        {(values.periodType === 'quarter' || values.periodType === 'year') && (
          <Text {...props} field="month" label={t('form.month')} />
        )}
        {values.periodType !== 'week' && (
          <Text
            {...props}
            field="day"
            label={t('form.starts')}
            hint={t('form.startsDayHint')}
          />
        )}
        <Text
          {...props}
          field="zone"
          label={t('form.zone')}
          hint={t('form.zoneHint', { timezone })}
        />
      </div>
      <Choice
        {...props}
        field="cost"
        label={t('form.cost')}
        choices={COST_CHOICES.map(value => [value, t(`form.costs.${value}`)])}
      />
      {(values.cost === 'billed' || values.cost === 'effective') && (
        <div>
          <Check {...props} field="tax" label={t('form.tax')} />
          <Check {...props} field="credits" label={t('form.credits')} />
        </div>
      )}
      <Choice
        {...props}
        field="carryOver"
        label={t('form.carryOver')}
        choices={CARRIES.map(value => [value, t(`form.carry.${value}`)])}
      />
      <div className={classes.row}>
        <Text
          {...props}
          field="spentAt"
          label={t('form.spentAt')}
          hint={t('form.percentHint')}
        />
        <Text
          {...props}
          field="forecastAt"
          label={t('form.forecastAt')}
          hint={t('form.percentHint')}
        />
      </div>
      <Text
        {...props}
        field="notify"
        label={t('form.notify')}
        hint={t('form.notifyHint')}
      />
    </>
  );
}

function ScopeFields(props: FieldsProps) {
  const { scopeType } = props.values;
  const { t } = useBudgetTranslation();
  return (
    <>
      <Choice
        {...props}
        field="scopeType"
        label={t('form.scopeType')}
        choices={SCOPE_TYPES.map(value => [
          value,
          t(`form.scopeTypes.${value}`),
        ])}
      />
      {scopeType in EXAMPLES && (
        <Text
          {...props}
          field="entityRef"
          label={t('form.entityRef')}
          hint={t('form.entityHint', {
            example: EXAMPLES[scopeType as keyof typeof EXAMPLES],
          })}
          required
        />
      )}
      {scopeType === 'namespace' && (
        <Text
          {...props}
          field="namespace"
          label={t('form.namespace')}
          required
        />
      )}
      {(scopeType === 'cluster' || scopeType === 'namespace') && (
        <Text
          {...props}
          field="cluster"
          label={t(
            scopeType === 'cluster' ? 'form.cluster' : 'form.clusterOptional',
          )}
        />
      )}
      {(scopeType === 'label' || scopeType === 'tag') && (
        <>
          <Text
            {...props}
            field="key"
            label={t(`form.${scopeType}`)}
            required
          />
          <Text {...props} field="value" label={t('form.value')} required />
        </>
      )}
    </>
  );
}

type TextName = {
  [K in BudgetField]: BudgetFormValues[K] extends boolean ? never : K;
}[BudgetField];

interface FieldProps<Name extends BudgetField> {
  field: Name;
  label: string;
  hint?: string;
  required?: boolean;
}

function problemText(
  problem: BudgetFormError | undefined,
  t: BudgetTranslate,
): string | undefined {
  if (problem === undefined) {
    return undefined;
  }
  return typeof problem === 'string'
    ? t('form.wrong', { problem })
    : t('form.percentTwice', { percent: String(problem.twice) });
}

function Text(props: FieldsProps & FieldProps<TextName>) {
  const { values, errors, onChange, field, label, hint, required } = props;
  const { t } = useBudgetTranslation();
  const id = useId();
  const problem = errors[field];
  const isPercent = field === 'spentAt' || field === 'forecastAt';
  let said = problemText(problem, t);
  if (typeof problem === 'string' && isPercent) {
    said = t('form.percentWrong');
  }
  return (
    <TextField
      id={id}
      name={field}
      label={label}
      helperText={said ?? hint}
      error={problem !== undefined}
      value={values[field]}
      onChange={event => onChange({ [field]: event.target.value })}
      required={required}
      inputProps={{ maxLength: 2000 }}
    />
  );
}

function Choice(
  props: FieldsProps &
    FieldProps<TextName> & {
      choices: ReadonlyArray<readonly [string, string]>;
    },
) {
  const { values, errors, onChange, field, label, choices } = props;
  const { t } = useBudgetTranslation();
  const id = useId();
  const problem = errors[field];
  return (
    <TextField
      id={id}
      select
      SelectProps={{ native: true }}
      name={field}
      label={label}
      InputLabelProps={{ htmlFor: id, shrink: true }}
      helperText={problemText(problem, t)}
      error={problem !== undefined}
      value={values[field]}
      onChange={event => onChange({ [field]: event.target.value })}
    >
      {choices.map(([value, text]) => (
        <option key={value} value={value}>
          {text}
        </option>
      ))}
    </TextField>
  );
}

function Check(props: FieldsProps & FieldProps<'tax' | 'credits'>) {
  const { values, onChange, field, label } = props;
  return (
    <FormControlLabel
      label={label}
      control={
        <Checkbox
          color="primary"
          name={field}
          checked={values[field]}
          onChange={event => onChange({ [field]: event.target.checked })}
        />
      }
    />
  );
}
