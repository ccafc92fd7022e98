import { DCGM_OFFSETS, gpuSeries } from './gpus';
import { lifeSeries } from './lives';
import { NODES } from './nodes';
import {
  claims,
  claimSeries,
  nodeSeries,
  owners,
  podSeries,
} from './objectSeries';
import { PODS } from './pods';
import {
  GeneratedSeries,
  ksm,
  KUBELET_OFFSET,
  SCRAPED_TWICE,
  SCRAPES,
  SECOND_CADVISOR_OFFSET,
  series,
} from './series';
import { sandboxes, usageSeries } from './usageSeries';

/** Everything a Prometheus with the usual jobs would have recorded. */
export function generate(): GeneratedSeries[] {
  return [
    ...NODES.flatMap(nodeSeries),
    ...PODS.flatMap(podSeries),
    ...claims().flatMap(claimSeries),
    ...owners(),
    ...PODS.flatMap(pod =>
      pod.containers.flatMap(container => usageSeries(pod, container)),
    ),
    ...sandboxes(),
    ...lifeSeries(),
    ...gpuSeries(),
    ...up(),
  ];
}

/** `up` of every target. */
function up(): GeneratedSeries[] {
  const always = (
    job: string,
    instance: string,
    offset: number,
    to = SCRAPES,
  ) =>
    series('up', { job, instance }, offset, minute =>
      minute < to ? 1 : undefined,
    );
  return [
    ...ksm('up', {}, -1, SCRAPES),
    ...NODES.flatMap(({ name, gpus, leaves }) => [
      always('kubelet', `${name}:10250`, KUBELET_OFFSET, leaves),
      ...(SCRAPED_TWICE.includes(name)
        ? [always('cadvisor', `${name}:10250`, SECOND_CADVISOR_OFFSET)]
        : []),
      ...(gpus > 0
        ? Object.entries(DCGM_OFFSETS).map(([job, offset]) =>
            always(job, `${name}:9400`, offset),
          )
        : []),
    ]),
  ];
}
