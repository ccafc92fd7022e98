import { useApi } from '@backstage/core-plugin-api';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ComponentProps, ReactNode, useCallback } from 'react';
import { SourceProblem } from '@headroom/common';
import { AdviceReport, costReadPermission } from '@headroom/plugin-cost-common';
import {
  Notice,
  ReportFailed,
  ReportState,
  useColumn,
  useReport,
} from '@headroom/react';
import { costApiRef } from '../../api';
import { useCostTranslation } from '../../useCostTranslation';
import { Problems } from '../ReportFrame';
import { CurrencyPicker } from '../ScopeBar/CurrencyPicker';
import { AdviceSkeleton } from './AdviceSkeleton';
import { windowText } from './windowText';

const useStyles = makeStyles(theme => ({
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1, 2),
    padding: theme.spacing(1, 2),
  },
  actions: { marginLeft: 'auto' },
}));

/** What every answer about advice has. */
type FramedAdvice = Pick<AdviceReport, 'timezone' | 'currency' | 'simulated'> &
  Partial<Pick<AdviceReport, 'window' | 'computedAt' | 'restricted'>> & {
    problems?: SourceProblem[];
  };

/**
 * What pages of advice have in common: the window, which is the same for every
 * number and can't be picked, the currency, and the pages in place of an
 * answer that isn't there.
 */
export function AdviceFrame<Report extends FramedAdvice>(props: {
  state: ReportState<Report>;
  onRetry: () => void;
  currency: string | undefined;
  onCurrency: (currency: string | undefined) => void;
  /** Filters or a way back; stands beside the currency, where other pages have the window. */
  lead?: ReactNode;
  skeleton?: ReactNode;
  /** What is said where there is no such thing; entities when absent. */
  notFound?: ComponentProps<typeof ReportFailed>['notFound'];
  children: (report: Report) => ReactNode;
}) {
  const { state, onRetry, currency, onCurrency, lead, children } = props;
  const { notFound } = props;
  const { skeleton = <AdviceSkeleton /> } = props;
  const classes = useStyles();
  const column = useColumn();
  const api = useApi(costApiRef);
  const { t } = useCostTranslation();
  const load = useCallback(
    (signal: AbortSignal) => api.getSettings({ signal }),
    [api],
  );
  const { state: settingsState } = useReport(load);
  const settings =
    settingsState.status === 'ok' ? settingsState.value : undefined;
  const report = state.status === 'ok' ? state.value : undefined;
  const shown = currency ?? report?.currency ?? settings?.currency;
  return (
    <div className={column.root}>
      <Paper role="group" aria-label={t('scope.label')} className={classes.bar}>
        {lead}
        <Typography variant="body2">
          {report && windowText(report, t)}
        </Typography>
        <div className={classes.actions}>
          {shown && (
            <CurrencyPicker
              currencies={settings?.currencies ?? []}
              value={shown}
              onChange={next =>
                onCurrency(next === settings?.currency ? undefined : next)
              }
            />
          )}
        </div>
      </Paper>
      {state.status === 'loading' && skeleton}
      {state.status === 'error' && (
        <ReportFailed
          error={state.error}
          permission={costReadPermission.name}
          notFound={notFound}
          onRetry={onRetry}
        />
      )}
      {report && (
        <>
          {report.simulated && (
            <Notice severity="info">{t('simulated')}</Notice>
          )}
          {report.restricted && (
            <Notice severity="info">{t('restricted')}</Notice>
          )}
          {children(report)}
          <Problems
            problems={report.problems ?? []}
            timezone={report.timezone}
          />
        </>
      )}
    </div>
  );
}
