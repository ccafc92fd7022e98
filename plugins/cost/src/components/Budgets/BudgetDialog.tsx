import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useApi } from '@backstage/core-plugin-api';
import { BudgetRow, describeBudgetScope } from '@headroom/plugin-cost-common';
import { entityName, errorMessage, Notice } from '@headroom/react';
import { FormEvent, useId, useRef, useState } from 'react';
import { costApiRef } from '../../api';
import { useBudgetTranslation } from '../../useBudgetTranslation';
import {
  BudgetFormErrors,
  BudgetFormValues,
  newValues,
  readForm,
  valuesOf,
} from './budgetForm';
import { BudgetFields } from './BudgetFields';

const useStyles = makeStyles(theme => ({
  fields: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
  },
}));

/** Makes a budget, or changes one; what is wrong is said at its field. */
export function BudgetDialog(props: {
  /** The budget that is changed; absent = a new one. */
  row?: BudgetRow;
  /** What a new one is for; absent = to be chosen. */
  entityRef?: string;
  currencies: string[];
  timezone: string;
  onSaved: (id: string) => void;
  onClose: () => void;
}) {
  const { row, entityRef, currencies, timezone, onSaved, onClose } = props;
  const api = useApi(costApiRef);
  const classes = useStyles();
  const { t } = useBudgetTranslation();
  const titleId = useId();
  const form = useRef<HTMLFormElement>(null);
  // Chosen once, so that asking twice makes one budget.
  const [id] = useState(() => row?.id ?? crypto.randomUUID());
  const [values, setValues] = useState<BudgetFormValues>(() =>
    row ? valuesOf(row.budget) : newValues(entityRef, currencies[0]),
  );
  const [errors, setErrors] = useState<BudgetFormErrors>({});
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const read = readForm(values, row?.budget.since);
    if ('errors' in read) {
      setErrors(read.errors);
      const [first] = Object.keys(read.errors);
      form.current?.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
      return;
    }
    setErrors({});
    setProblem(undefined);
    setBusy(true);
    try {
      await api.putBudget(id, {
        budget: read.budget,
        ...(row?.version !== undefined && { version: row.version }),
      });
      onSaved(id);
    } catch (error) {
      setProblem(errorMessage(error as Error));
      setBusy(false);
    }
  };
  let fixedScope: string | undefined;
  if (row) {
    fixedScope = describeBudgetScope(row.budget.scope);
  } else if (entityRef) {
    fixedScope =
      values.scopeType === 'group'
        ? t('form.scopeEntity', { name: entityName(entityRef) })
        : entityName(entityRef);
  }
  return (
    <Dialog open onClose={onClose} fullWidth aria-labelledby={titleId}>
      <form onSubmit={submit} noValidate ref={form}>
        <DialogTitle id={titleId}>
          {t(row ? 'form.editTitle' : 'form.createTitle')}
        </DialogTitle>
        <DialogContent>
          <div className={classes.fields}>
            <Typography variant="body2">{t('form.text')}</Typography>
            <BudgetFields
              values={values}
              errors={errors}
              fixedScope={fixedScope}
              currencies={currencies}
              timezone={timezone}
              onChange={change => setValues({ ...values, ...change })}
            />
            {problem && (
              <div role="alert">
                <Notice severity="error">
                  {t('form.failed', { reason: problem })}
                </Notice>
              </div>
            )}
          </div>
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t('form.cancel')}</Button>
          <Button
            type="submit"
            variant="contained"
            color="primary"
            disabled={busy}
          >
            {t('form.save')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
