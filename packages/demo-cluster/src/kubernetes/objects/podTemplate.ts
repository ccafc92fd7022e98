import { GPU_RESOURCE } from '../../world/gpuSlots';
import { containersOf, editOf } from '../../world/releases';
import { ContainerSpec, WorkloadSpec } from '../../world/types';
import { isMap, JsonMap, valueAt } from '../fields/json';
import { cpuQuantity, exactMemoryQuantity } from '../quantities';

/** The pool's label; Karpenter schedules by it. */
export const NODE_POOL_LABEL = 'karpenter.sh/nodepool';

/** A container as a pod has it. */
export function containerOf(spec: ContainerSpec, volume?: string) {
  const gpu = spec.gpuDevices && {
    [spec.gpuResource ?? GPU_RESOURCE]: String(spec.gpuDevices),
  };
  const limits = {
    ...(spec.cpuLimitCores && { cpu: cpuQuantity(spec.cpuLimitCores) }),
    ...(spec.memoryLimitBytes && {
      memory: exactMemoryQuantity(spec.memoryLimitBytes),
    }),
    ...gpu,
  };
  return {
    name: spec.name,
    image: spec.image,
    imagePullPolicy: 'IfNotPresent',
    ...(spec.role === 'sidecar' && { restartPolicy: 'Always' }),
    ...(spec.env && {
      env: Object.entries(spec.env).map(([name, value]) => ({ name, value })),
    }),
    ...(spec.port && {
      ports: [{ name: spec.name, containerPort: spec.port, protocol: 'TCP' }],
    }),
    resources: {
      requests: {
        cpu: cpuQuantity(spec.cpuRequestCores),
        memory: exactMemoryQuantity(spec.memoryRequestBytes),
        ...gpu,
      },
      ...(Object.keys(limits).length > 0 && { limits }),
    },
    ...(volume && { volumeMounts: [{ name: volume, mountPath: '/data' }] }),
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
  };
}

/** Whether Kubernetes lists a container among the init containers: sidecars are some that never end. */
export function isInit({ role = 'main' }: ContainerSpec): boolean {
  return role !== 'main';
}

/** As somebody wrote it, with what containers have by now and what the API server adds where nothing is said. */
function writtenPodSpec(
  spec: WorkloadSpec,
  written: JsonMap,
  all: readonly ContainerSpec[],
): JsonMap {
  const write = (list: unknown) =>
    (Array.isArray(list) ? (list as JsonMap[]) : []).map(container => {
      const now = all.find(({ name }) => name === container.name);
      if (!now) {
        return container;
      }
      const { resources, ...rest } = containerOf(now);
      const part = (of: 'requests' | 'limits') => {
        const before = valueAt(container, ['resources', of]);
        return { ...(isMap(before) ? before : {}), ...resources[of] };
      };
      const limits = part('limits');
      return {
        ...rest,
        ...container,
        resources: {
          requests: part('requests'),
          ...(Object.keys(limits).length > 0 && { limits }),
        },
      };
    });
  const init = write(written.initContainers);
  return {
    restartPolicy: spec.kind === 'CronJob' ? 'Never' : 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    serviceAccountName: 'default',
    schedulerName: 'default-scheduler',
    ...written,
    ...(init.length > 0 && { initContainers: init }),
    containers: write(written.containers),
  };
}

/** The spec of a workload's pods, as the template of a revision and its pods have it. */
export function podSpec(
  spec: WorkloadSpec,
  revision = 0,
  all: readonly ContainerSpec[] = containersOf(spec, revision),
) {
  const written = editOf(spec, revision)?.podSpec;
  if (written) {
    return writtenPodSpec(spec, written, all);
  }
  const first = all.find(item => !isInit(item));
  const write = (item: ContainerSpec) =>
    containerOf(item, item === first ? spec.volume?.name : undefined);
  const init = all.filter(isInit);
  const daemon = spec.kind === 'DaemonSet';
  const usesGpu = spec.pool.startsWith('gpu') || (daemon && spec.pool === '*');
  return {
    ...(init.length > 0 && { initContainers: init.map(write) }),
    containers: all.filter(item => !isInit(item)).map(write),
    restartPolicy: spec.kind === 'CronJob' ? 'Never' : 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    serviceAccountName: 'default',
    serviceAccount: 'default',
    securityContext: {},
    schedulerName: 'default-scheduler',
    ...(!daemon && { nodeSelector: { [NODE_POOL_LABEL]: spec.pool } }),
    ...(usesGpu && {
      tolerations: [
        { key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' },
      ],
    }),
  };
}
