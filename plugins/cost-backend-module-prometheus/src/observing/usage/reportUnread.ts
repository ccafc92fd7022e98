import { Problems } from '../../reading/Problems';
import { CADVISOR } from '../../series/mends';
import { UnreadUsage } from './unreadUsage';

const BY_CPU =
  'container_cpu_usage_seconds_total is there by single CPUs only (cpu="cpu00" and so on), and not for all together (cpu="total")';
const BY_CPU_MEND =
  'Start cAdvisor with percpu among its --disable_metrics, as the kubelet does, and keep cpu="total" in metricRelabelings.';

/** Says that there is no usage of any container in an hour, and what there is in its place. */
export function reportNoUsage(
  problems: Problems,
  hour: string,
  index: number,
  { nameless, byCpu }: UnreadUsage,
): void {
  problems.add(
    { code: 'no-usage', severity: 'warning', hour },
    'cAdvisor',
    subjects => {
      if (byCpu.has(index)) {
        return `${subjects} tells no memory of containers in this hour, and ${BY_CPU}, so usage is unknown and requests are charged. ${BY_CPU_MEND}`;
      }
      if (nameless.has(index)) {
        return `${subjects} is scraped, but does not say in this hour which container anything is of: the label container is empty everywhere, so usage is unknown and requests are charged. cri-dockerd under Kubernetes 1.24 or newer has no such label: let nodes run containerd, or scrape a cAdvisor that knows Docker; else keep the label in metricRelabelings (labeldrop).`;
      }
      const { where, line } = CADVISOR;
      return `There is nothing from ${subjects} in this hour, so usage is unknown and requests are charged. Let Prometheus scrape /metrics/cadvisor of the kubelets (${where}: ${line}), and see by the series up whether it answers.`;
    },
  );
}

/** Says that CPU is counted in a way that is not read, while memory is read. */
export function reportCpuByCpu(problems: Problems, hour: string): void {
  problems.add(
    { code: 'no-cpu-usage', severity: 'warning', hour },
    'container_cpu_usage_seconds_total',
    () =>
      `${BY_CPU}, so CPU in use is not known in this hour: requests are charged, usage above them is not, and there is no advice on CPU. ${BY_CPU_MEND}`,
  );
}
