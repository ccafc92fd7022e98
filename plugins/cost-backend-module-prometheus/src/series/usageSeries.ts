import { wordSeries } from '@headroom/plugin-cost-common';
import { WantedSeries } from './WantedSeries';

/** What cAdvisor says of containers. */
export const CADVISOR_SERIES: WantedSeries[] = [
  {
    name: 'container_cpu_usage_seconds_total',
    teller: 'cAdvisor',
    severity: 'wrong',
    effect: wordSeries('cpuUsage'),
  },
  {
    name: 'container_memory_working_set_bytes',
    teller: 'cAdvisor',
    severity: 'wrong',
    effect: wordSeries('memoryUsage'),
  },
  {
    name: 'container_cpu_cfs_periods_total',
    teller: 'cAdvisor',
    severity: 'note',
    effect: wordSeries('throttling'),
    excuse: wordSeries('noCpuLimits'),
  },
  {
    name: 'container_oom_events_total',
    teller: 'cAdvisor',
    severity: 'note',
    effect: wordSeries('oomEvents'),
  },
];
