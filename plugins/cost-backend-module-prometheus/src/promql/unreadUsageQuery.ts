import { LabelMatcher } from '@headroom/plugin-clusters-node';
import { HOUR_RANGE, together } from './expressions';
import { like, matching, Select } from './selectors';

/**
 * What cAdvisor says that is not read, as numbers of series: without the name of a
 * container, and of each CPU instead of all together.
 */
export function unreadUsageQuery(select: Select): string {
  const count = (metric: string | string[], ...matchers: LabelMatcher[]) =>
    `count(last_over_time(${select(
      matching(metric, ...matchers),
    )}[${HOUR_RANGE}]))`;
  const cpu = 'container_cpu_usage_seconds_total';
  const nameless: LabelMatcher = {
    label: 'container',
    operator: '=',
    value: '',
  };
  const named: LabelMatcher = {
    label: 'container',
    operator: '!~',
    value: '|POD',
  };
  return together({
    nameless: `${count(cpu, nameless)} or ${count(
      'container_memory_working_set_bytes',
      nameless,
    )}`,
    'by-cpu': count(cpu, named, like('cpu', 'cpu[0-9]+')),
  });
}
