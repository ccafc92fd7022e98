import { WantedSeries } from './WantedSeries';

/** What cAdvisor says of containers. */
export const CADVISOR_SERIES: WantedSeries[] = [
  {
    name: 'container_cpu_usage_seconds_total',
    teller: 'cAdvisor',
    severity: 'wrong',
    effect:
      'CPU in use is not known: requests are charged, usage above them is not, and there is no advice on CPU.',
  },
  {
    name: 'container_memory_working_set_bytes',
    teller: 'cAdvisor',
    severity: 'wrong',
    effect:
      'Memory in use is not known: requests are charged, usage above them is not, and there is no advice on memory.',
  },
  {
    name: 'container_cpu_cfs_periods_total',
    teller: 'cAdvisor',
    severity: 'note',
    effect: 'Throttling is not known, so advice on CPU limits is less exact.',
    excuse: 'no container has a CPU limit',
  },
  {
    name: 'container_oom_events_total',
    teller: 'cAdvisor',
    severity: 'note',
    effect:
      'Kills for lack of memory are told from restarts alone, which the kill of a child process is not.',
  },
];
