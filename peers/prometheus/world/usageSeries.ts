/** What cAdvisor says of containers. */
import { uidOf } from './objectSeries';
import { PODS, WorldContainer, WorldPod } from './pods';
import { noise, seedOf } from './random';
import {
  GeneratedSeries,
  KUBELET_OFFSET,
  MIB,
  round,
  SCRAPED_TWICE,
  SCRAPES,
  SECOND_CADVISOR_OFFSET,
  series,
} from './series';

/** A day's swing and noise around 1. */
function swing(seed: number, minute: number): number {
  const day = Math.sin((2 * Math.PI * (minute - 540)) / 1440);
  return 1 + 0.45 * day + 0.2 * (noise(seed, minute) - 0.5);
}

/** cAdvisor's counter and gauge of a container; a restart begins new series. */
export function usageSeries(
  pod: WorldPod,
  container: WorldContainer,
): GeneratedSeries[] {
  const seed = seedOf(`${pod.namespace}/${pod.name}/${container.name}`);
  const end = pod.completes ?? pod.to;
  const starts = [pod.from, ...pod.restarts];
  const scrapers = [
    { job: 'kubelet', offset: KUBELET_OFFSET },
    ...(SCRAPED_TWICE.includes(pod.node)
      ? [{ job: 'cadvisor', offset: SECOND_CADVISOR_OFFSET }]
      : []),
  ];
  return starts.flatMap((start, run) =>
    scrapers.flatMap(({ job, offset }) => {
      const labels = {
        job,
        instance: `${pod.node}:10250`,
        namespace: pod.namespace,
        pod: pod.name,
        container: container.name,
        id: `/kubepods/pod${uidOf(pod)}/${seed.toString(16)}-${run}`,
      };
      const to = starts[run + 1] ?? end;
      const counter = counterOf(pod, container, seed, start, to, offset);
      const alive = (minute: number) =>
        minute >= Math.max(start, 0) && minute < to;
      return [
        series(
          'container_cpu_usage_seconds_total',
          { ...labels, cpu: 'total' },
          offset,
          minute => (alive(minute) ? counter[minute] : undefined),
        ),
        series('container_memory_working_set_bytes', labels, offset, minute =>
          alive(minute)
            ? Math.round(
                container.memoryMib *
                  MIB *
                  (0.9 + 0.2 * noise(seed + 7, Math.floor(minute / 30))),
              )
            : undefined,
        ),
      ];
    }),
  );
}

/** Core-seconds since the container started, at each scrape. */
function counterOf(
  pod: WorldPod,
  container: WorldContainer,
  seed: number,
  start: number,
  to: number,
  offset: number,
): Float64Array {
  const values = new Float64Array(SCRAPES);
  let value = start > 0 ? 0 : 1000 + (seed % 5000);
  for (
    let minute = Math.max(0, start);
    minute < Math.min(to, SCRAPES);
    minute++
  ) {
    const cores = container.cpuCores * swing(seed, minute);
    if (pod.counterResets.includes(minute)) {
      value = 0;
    }
    // The scrape sees the part of this minute that is over.
    values[minute] = round(value + cores * offset);
    value += cores * 60;
  }
  return values;
}

/** What must not be counted: pod sandboxes and the cgroup of the pod. */
export function sandboxes(): GeneratedSeries[] {
  return PODS.slice(0, 3).flatMap(pod =>
    [undefined, 'POD'].map(container =>
      series(
        'container_cpu_usage_seconds_total',
        {
          job: 'kubelet',
          instance: `${pod.node}:10250`,
          namespace: pod.namespace,
          pod: pod.name,
          container,
          id: `/kubepods/pod${uidOf(pod)}/${container ?? ''}`,
          cpu: 'total',
        },
        KUBELET_OFFSET,
        minute => minute * 1000,
      ),
    ),
  );
}
