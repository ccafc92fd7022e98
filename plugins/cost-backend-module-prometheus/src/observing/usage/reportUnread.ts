import { wordInTurn } from '@headroom/common';
import { wordPrometheus } from '@headroom/plugin-cost-common';
import { Problems } from '../../reading/Problems';
import { CADVISOR } from '../../series/mends';
import { UnreadUsage } from './unreadUsage';

/** Says that there is no usage of any container in an hour, and what there is in its place. */
export function reportNoUsage(
  problems: Problems,
  hour: string,
  index: number,
  { nameless, byCpu }: UnreadUsage,
): void {
  problems.say(
    { code: 'no-usage', severity: 'warning', hour },
    'cAdvisor',
    () => {
      if (byCpu.has(index)) {
        return wordInTurn(
          wordPrometheus('noUsageByCpu'),
          wordPrometheus('percpuMend'),
        );
      }
      if (nameless.has(index)) {
        return wordPrometheus('noUsageNameless');
      }
      return wordPrometheus('noUsage', CADVISOR);
    },
  );
}

/** Says that CPU is counted in a way that is not read, while memory is read. */
export function reportCpuByCpu(problems: Problems, hour: string): void {
  problems.say(
    { code: 'no-cpu-usage', severity: 'warning', hour },
    'container_cpu_usage_seconds_total',
    () => wordInTurn(wordPrometheus('cpuByCpu'), wordPrometheus('percpuMend')),
  );
}
