import { ReactNode } from 'react';
import {
  costReadPermission,
  CostScope,
  Origin,
  ReportBase,
} from '@headroom/plugin-cost-common';
import {
  Notice,
  ReportFailed,
  ReportSkeleton,
  ReportState,
  useColumn,
} from '@headroom/react';
import { DEFAULT_SCOPE } from '../../scope';
import { useCostTranslation } from '../../useCostTranslation';
import { ScopeBar } from '../ScopeBar';
import { Problems } from './Problems';
import { ReportFacts } from './ReportFacts';
import { SourceNotices } from './SourceNotices';

interface FramedReport
  extends Pick<ReportBase, 'currency' | 'simulated' | 'problems'>,
    Partial<Pick<ReportBase, 'dataUntil' | 'conversion'>> {
  window: Omit<ReportBase['window'], 'preset'>;
  restricted?: boolean;
  origin?: { sources: Origin['sources'] };
}

/**
 * What the reports of services, teams and the fleet have in common: the
 * pickers, what to know before reading, and the pages in place of a report
 * that isn't there.
 */
export function ReportFrame<Report extends FramedReport>(props: {
  scope: CostScope;
  onScopeChange: (scope: CostScope) => void;
  state: ReportState<Report>;
  onRetry: () => void;
  /** Beside the pickers, e.g. a download. */
  actions?: ReactNode;
  /** Offers to share idle capacity; true when absent. */
  sharing?: boolean;
  /** In the shape of the report; that of costs when absent. */
  skeleton?: ReactNode;
  children: (report: Report) => ReactNode;
}) {
  const { scope, onScopeChange, state, onRetry, actions, children } = props;
  const { sharing, skeleton = <ReportSkeleton /> } = props;
  const column = useColumn();
  const { t } = useCostTranslation();
  const report = state.status === 'ok' ? state.value : undefined;
  return (
    <div className={column.root}>
      <ScopeBar
        scope={scope}
        onChange={onScopeChange}
        currency={report?.currency}
        window={report?.window}
        sharing={sharing}
      >
        {actions}
      </ScopeBar>
      {state.status === 'loading' && skeleton}
      {state.status === 'error' && (
        <ReportFailed
          error={state.error}
          permission={costReadPermission.name}
          onRetry={onRetry}
          onReset={() => onScopeChange(DEFAULT_SCOPE)}
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
          {report.origin && (
            <SourceNotices
              sources={report.origin.sources}
              timezone={report.window.timezone}
            />
          )}
          {children(report)}
          <Problems
            problems={report.problems}
            timezone={report.window.timezone}
          />
          <ReportFacts report={report} />
        </>
      )}
    </div>
  );
}
