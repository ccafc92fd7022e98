import { zeroResources } from '../money/resourceMicros';
import { CapacityType } from '../resources/resources';
import { WorkloadIdentity } from '@headroom/common';
import { HourRow } from './types';

/** What tells the containers of a cluster apart. @public */
export type WorkloadKey = Pick<
  WorkloadIdentity,
  'namespace' | 'workloadKind' | 'workload' | 'container'
>;

/** A row to add to: it costs nothing and holds nothing yet. @public */
export function emptyHourRow(
  hour: string,
  bucket: HourRow['bucket'],
  key: WorkloadKey,
  capacityType: CapacityType,
  region: string,
): HourRow {
  return {
    hour,
    bucket,
    namespace: key.namespace,
    workloadKind: key.workloadKind,
    workload: key.workload,
    container: key.container,
    capacityType,
    region,
    cost: zeroResources(),
    used: zeroResources(),
    cpuCoreHours: 0,
    cpuRequestCoreHours: 0,
    cpuUsageCoreHours: 0,
    memoryByteHours: 0,
    memoryRequestByteHours: 0,
    memoryUsageByteHours: 0,
    gpuHours: 0,
    storageByteHours: 0,
    networkBytes: 0,
  };
}
