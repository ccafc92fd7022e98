import { GeneratedSeries, ksm, MIB, series } from './series';
import { uidOf } from './objectSeries';
import { PODS, WorldContainer, WorldPod } from './pods';
import { START_SECONDS } from './time';

/**
 * Limits, images, starts and restarts of the containers that have a limit; a
 * restart of one of them is a kill for lack of memory.
 */
export function lifeSeries(): GeneratedSeries[] {
  return PODS.flatMap(pod =>
    pod.containers
      .filter(({ memoryLimitMib }) => memoryLimitMib !== undefined)
      .flatMap(container => livesOf(pod, container)),
  );
}

function livesOf(pod: WorldPod, container: WorldContainer): GeneratedSeries[] {
  const { namespace, name, node, from, to, restarts } = pod;
  const identity = {
    namespace,
    pod: name,
    uid: uidOf(pod),
    container: container.name,
  };
  const state = (
    metric: string,
    more: Record<string, string>,
    value: (minute: number) => number | undefined,
  ) =>
    series(
      metric,
      {
        job: 'kube-state-metrics',
        instance: '10.0.0.7:8080',
        ...identity,
        ...more,
      },
      0,
      minute => (minute > from && minute <= to ? value(minute) : undefined),
    );
  const restarted = (minute: number) =>
    restarts.filter(at => at <= minute).length;
  return [
    ...ksm(
      'kube_pod_container_resource_limits',
      { ...identity, node, resource: 'memory', unit: 'byte' },
      from,
      to,
      container.memoryLimitMib! * MIB,
    ),
    ...ksm(
      'kube_pod_container_info',
      { ...identity, image: `registry.example.com/${container.name}:1` },
      from,
      to,
    ),
    state('kube_pod_container_status_restarts_total', {}, restarted),
    state(
      'kube_pod_container_status_last_terminated_reason',
      { reason: 'OOMKilled' },
      minute => (restarted(minute) > 0 ? 1 : undefined),
    ),
    state(
      'kube_pod_container_state_started',
      {},
      minute =>
        START_SECONDS +
        60 * Math.max(from, ...restarts.filter(at => at <= minute)),
    ),
  ];
}
