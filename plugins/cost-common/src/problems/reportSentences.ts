import { createWorder } from '@headroom/common';

/**
 * What the back end says of a report of costs.
 *
 * @public
 */
export const REPORT_SENTENCES = {
  backfillAwaited_one:
    'The back-fill has not read all of this month yet; {{count}} day is not in.',
  backfillAwaited_other:
    'The back-fill has not read all of this month yet; {{count}} days are not in.',
  unlistedConflictsOfCluster_one:
    '{{count}} of {{total}} conflicts of claims in this cluster is about fewer workloads and not listed here. Each conflict is on the Cost tab of the services that it concerns.',
  unlistedConflictsOfCluster_other:
    '{{count}} of {{total}} conflicts of claims in this cluster are about fewer workloads and not listed here. Each conflict is on the Cost tab of the services that it concerns.',
  unlistedConflictsOfService_one:
    '{{count}} of {{total}} conflicts of claims is about fewer workloads and not listed here. Each conflict is on the Cost tab of the other service, too.',
  unlistedConflictsOfService_other:
    '{{count}} of {{total}} conflicts of claims are about fewer workloads and not listed here. Each conflict is on the Cost tab of the other service, too.',
  unlistedGaps_one:
    '{{count}} of {{total}} gaps of this cluster is older and not listed here. Each gap is on the charts of the days that it is in.',
  unlistedGaps_other:
    '{{count}} of {{total}} gaps of this cluster are older and not listed here. Each gap is on the charts of the days that it is in.',
} as const;

/** @public */
export const wordReport = createWorder('report', REPORT_SENTENCES);
