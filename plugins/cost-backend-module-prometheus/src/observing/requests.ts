import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { PART_LABEL } from '../promql/expressions';
import { HourWindow } from '../reading/HourWindow';
import { ContainerIdentity, containerOf, keyOf } from '../reading/labels';

/** Requests of a container by hour; `undefined` = it has none of that resource. */
export interface RequestRecord {
  identity: ContainerIdentity;
  cpuCores: number[];
  memoryBytes: number[];
  /** By hour: units of each GPU resource, e.g. `nvidia_com_gpu`. */
  gpuUnits: Array<Record<string, number>>;
}

/** By namespace and pod, then by container. */
export type RequestRecords = Map<string, Map<string, RequestRecord>>;

/** Reads the requests in the answer to `containerStateQuery`. */
export function readRequests(
  window: HourWindow,
  answer: PrometheusSeries[],
): RequestRecords {
  const records: RequestRecords = new Map();
  for (const series of answer) {
    const identity = containerOf(series.labels);
    if (identity && series.labels[PART_LABEL] === 'request') {
      const record = recordOf(records, identity);
      const { resource } = series.labels;
      window.each(series, (hour, value) => {
        if (resource === 'cpu') {
          record.cpuCores[hour] = Math.max(record.cpuCores[hour] ?? 0, value);
        } else if (resource === 'memory') {
          record.memoryBytes[hour] = Math.max(
            record.memoryBytes[hour] ?? 0,
            value,
          );
        } else {
          record.gpuUnits[hour] ??= {};
          record.gpuUnits[hour][resource] = value;
        }
      });
    }
  }
  return records;
}

/** Whether the container was listed with any request in that hour. */
export function hasRequest(request: RequestRecord, hour: number): boolean {
  return (
    request.cpuCores[hour] !== undefined ||
    request.memoryBytes[hour] !== undefined ||
    request.gpuUnits[hour] !== undefined
  );
}

function recordOf(
  records: RequestRecords,
  identity: ContainerIdentity,
): RequestRecord {
  const podKey = keyOf(identity.namespace, identity.pod);
  let ofPod = records.get(podKey);
  if (!ofPod) {
    ofPod = new Map();
    records.set(podKey, ofPod);
  }
  let record = ofPod.get(identity.container);
  if (!record) {
    record = { identity, cpuCores: [], memoryBytes: [], gpuUnits: [] };
    ofPod.set(identity.container, record);
  }
  return record;
}
