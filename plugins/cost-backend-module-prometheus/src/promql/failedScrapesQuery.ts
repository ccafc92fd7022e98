import { HOUR_RANGE } from './expressions';
import { matching, Select } from './selectors';

const TARGET = 'job, instance, metrics_path';
/** Targets that are named at most, those that failed most often first. */
const MOST_TARGETS = 10;
/** A single scrape that failed tells nothing. */
const LEAST_SHARE = 0.01;
/** One series of each exporter that is read, with the labels of its target. */
const OF_EXPORTERS = [
  'kube_node_info',
  'kube_pod_info',
  'machine_cpu_cores',
  'machine_memory_bytes',
  'DCGM_FI_DEV_GPU_UTIL',
];

/** Share of an hour's scrapes that failed, of each target that told anything in this hour or the one before. */
export function failedScrapesQuery(select: Select): string {
  const failed = `1 - avg by (${TARGET}) (avg_over_time(${select(
    matching('up'),
  )}[${HOUR_RANGE}]))`;
  const read = `group by (${TARGET}) (last_over_time(${select(
    matching(OF_EXPORTERS),
  )}[2h]))`;
  return `topk(${MOST_TARGETS}, ((${failed}) and on (${TARGET}) (${read})) > ${LEAST_SHARE})`;
}
