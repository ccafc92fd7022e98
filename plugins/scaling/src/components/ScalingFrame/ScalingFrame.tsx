import { scalingReadPermission } from '@headroom/plugin-scaling-common';
import {
  Notice,
  ReportFailed,
  ReportSkeleton,
  ReportState,
  useColumn,
} from '@headroom/react';
import { ComponentProps, ReactNode } from 'react';
import { useScalingSettings } from '../../settings';
import { useScalingTranslation } from '../../useScalingTranslation';
import { KillSwitchBanner } from '../KillSwitch';

/**
 * What pages of scaling have in common: that everything is stopped, that it is a
 * simulation, and the pages in place of a report that isn't there.
 */
export function ScalingFrame<Report>(props: {
  state: ReportState<Report>;
  onRetry: () => void;
  /** In the shape of the report; figures, chart and table when absent. */
  skeleton?: ReactNode;
  /** A way back, buttons; above the report. */
  lead?: ReactNode;
  notFound?: ComponentProps<typeof ReportFailed>['notFound'];
  children: (report: Report) => ReactNode;
}) {
  const { state, onRetry, skeleton = <ReportSkeleton />, lead } = props;
  const { settings } = useScalingSettings();
  const column = useColumn();
  const { t } = useScalingTranslation();
  return (
    <div className={column.root}>
      <KillSwitchBanner />
      {settings?.clusters.some(({ simulated }) => simulated) && (
        <Notice severity="info">{t('simulated')}</Notice>
      )}
      {lead && <div>{lead}</div>}
      {state.status === 'loading' && skeleton}
      {state.status === 'error' && (
        <ReportFailed
          error={state.error}
          permission={scalingReadPermission.name}
          notFound={props.notFound}
          onRetry={onRetry}
        />
      )}
      {state.status === 'ok' && props.children(state.value)}
    </div>
  );
}
