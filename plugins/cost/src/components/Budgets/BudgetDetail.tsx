import { decimalToMicros } from '@headroom/common';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useApi } from '@backstage/core-plugin-api';
import {
  budgetName,
  BudgetReport,
  BudgetRow,
  budgetState,
  describeBudgetScope,
} from '@headroom/plugin-cost-common';
import {
  formatDay,
  formatMoney,
  Notice,
  ReasonDialog,
  ReportFailed,
  ReportSkeleton,
  toMicros,
  useReport,
} from '@headroom/react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { costApiRef } from '../../api';
import {
  useBudgetTranslation,
  useBudgetWording,
} from '../../useBudgetTranslation';
import { BudgetFigures } from './BudgetFigures';
import { StateTag } from './BudgetTable';
import { BurnDown } from './BurnDown';
import { Drivers } from './Drivers';
import { ThresholdSection } from './ThresholdSection';

const REFRESH_MS = 60_000;

const useStyles = makeStyles(theme => ({
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1, 2),
  },
  tools: { marginLeft: 'auto', display: 'flex', gap: theme.spacing(1) },
}));

/** How one budget stands: the numbers, the way down, what drives it, and who is told. */
export function BudgetDetail(props: {
  id: string;
  /** Another one after each change of it. */
  changes: number;
  timezone: string;
  onEdit: (row: BudgetRow) => void;
  /** It was made or changed just now: whoever did that is led to it. */
  isSaved: boolean;
  onSavedShown: () => void;
  /** It is evaluated as it is asked for; a list may not know that yet. */
  onKnown: (report: BudgetReport) => void;
  onRemoved: () => void;
  /** Leaves a budget that is not there. */
  onLeave: () => void;
}) {
  const { id, changes, timezone, onEdit, onRemoved, onLeave } = props;
  const { isSaved, onSavedShown, onKnown } = props;
  const api = useApi(costApiRef);
  const { t } = useBudgetTranslation();
  const load = useCallback(
    (signal: AbortSignal) => api.getBudget(id, { signal }),
    [api, id],
  );
  const { state, retry } = useReport(
    load,
    `budget ${id} ${changes}`,
    REFRESH_MS,
  );
  const known = state.status === 'ok' ? state.value : undefined;
  useEffect(() => {
    if (known) {
      onKnown(known);
    }
  }, [known, onKnown]);
  if (state.status === 'loading') {
    return <ReportSkeleton />;
  }
  if (state.status === 'error') {
    return (
      <ReportFailed
        error={state.error}
        permission="cost.read"
        onRetry={retry}
        notFound={{
          title: t('gone.title'),
          text: t('gone.text'),
          next: (
            <Button variant="outlined" onClick={onLeave}>
              {t('gone.all')}
            </Button>
          ),
        }}
      />
    );
  }
  const report = state.value;
  const { status } = report;
  return (
    <>
      <DetailHead
        report={report}
        isSaved={isSaved}
        onSavedShown={onSavedShown}
        onEdit={onEdit}
        onRemoved={onRemoved}
      />
      <DetailNotices report={report} />
      {status && (
        <>
          <BudgetFigures report={report} status={status} />
          <BurnDown report={report} status={status} timezone={timezone} />
          <Drivers report={report} status={status} changes={changes} />
          <ThresholdSection
            report={report}
            status={status}
            timezone={timezone}
          />
        </>
      )}
    </>
  );
}

function DetailHead(props: {
  report: BudgetReport;
  isSaved: boolean;
  onSavedShown: () => void;
  onEdit: (row: BudgetRow) => void;
  onRemoved: () => void;
}) {
  const { report, isSaved, onSavedShown, onEdit, onRemoved } = props;
  const { id, version, budget, isEditable } = report;
  const api = useApi(costApiRef);
  const classes = useStyles();
  const { t } = useBudgetTranslation();
  const [removing, setRemoving] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (isSaved) {
      heading.current?.focus();
      onSavedShown();
    }
  }, [isSaved, onSavedShown]);
  const name = budgetName(report);
  const scope = describeBudgetScope(budget.scope);
  return (
    <div className={classes.head}>
      <Typography variant="h5" component="h2" ref={heading} tabIndex={-1}>
        {name}
      </Typography>
      <StateTag state={budgetState(report)} />
      <Typography variant="body2">{scope}</Typography>
      {isEditable && version !== undefined && (
        <div className={classes.tools}>
          <Button variant="outlined" onClick={() => onEdit(report)}>
            {t('edit')}
          </Button>
          <Button variant="outlined" onClick={() => setRemoving(true)}>
            {t('remove')}
          </Button>
          {removing && (
            <ReasonDialog
              title={t('removeTitle')}
              text={t('removeText')}
              undo={t('removeUndo')}
              submit={t('remove')}
              reason="none"
              onSubmit={async () => {
                await api.deleteBudget(id, version);
                setRemoving(false);
                onRemoved();
              }}
              onClose={() => setRemoving(false)}
            />
          )}
        </div>
      )}
    </div>
  );
}

function DetailNotices({ report }: { report: BudgetReport }) {
  const { t } = useBudgetTranslation();
  const wordingOf = useBudgetWording();
  const { budget, children, overruledBy, problem, status } = report;
  const money = (amount: string) =>
    formatMoney(toMicros(amount), budget.currency);
  return (
    <>
      {overruledBy !== undefined && (
        <Notice severity="info">{t('overruled')}</Notice>
      )}
      {problem !== undefined && (
        <Notice severity="warning">{t('problem', { problem })}</Notice>
      )}
      {children?.exceeds && (
        <Notice severity="warning">
          {t('children', {
            total: money(children.total),
            amount: status
              ? money(status.amount)
              : formatMoney(decimalToMicros(budget.amount), budget.currency),
          })}
        </Notice>
      )}
      {status?.carryProblem && (
        <Notice severity="info">{wordingOf(status.carryProblem)}</Notice>
      )}
      {status?.knownFrom !== undefined && (
        <Notice severity="info">
          {t('knownFrom', { day: formatDay(status.knownFrom) })}
        </Notice>
      )}
      {status !== undefined && status.incompleteDays > 0 && (
        <Notice severity="info">
          {t('incomplete', { count: status.incompleteDays })}
        </Notice>
      )}
    </>
  );
}
