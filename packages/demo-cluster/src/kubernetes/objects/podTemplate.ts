import { ContainerSpec, WorkloadSpec } from '../../world/types';
import { cpuQuantity, memoryQuantity } from '../quantities';

/** The pool's label; Karpenter schedules by it. */
export const NODE_POOL_LABEL = 'karpenter.sh/nodepool';

function container(spec: ContainerSpec, volume?: string) {
  const gpu = spec.gpuDevices && { 'nvidia.com/gpu': String(spec.gpuDevices) };
  const limits = {
    ...(spec.cpuLimitCores && { cpu: cpuQuantity(spec.cpuLimitCores) }),
    ...(spec.memoryLimitBytes && {
      memory: memoryQuantity(spec.memoryLimitBytes),
    }),
    ...gpu,
  };
  return {
    name: spec.name,
    image: spec.image,
    imagePullPolicy: 'IfNotPresent',
    ...(spec.port && {
      ports: [{ name: spec.name, containerPort: spec.port, protocol: 'TCP' }],
    }),
    resources: {
      requests: {
        cpu: cpuQuantity(spec.cpuRequestCores),
        memory: memoryQuantity(spec.memoryRequestBytes),
        ...gpu,
      },
      ...(Object.keys(limits).length > 0 && { limits }),
    },
    ...(volume && { volumeMounts: [{ name: volume, mountPath: '/data' }] }),
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
  };
}

/** The spec of a workload's pods, as its template and its pods have it. */
export function podSpec(spec: WorkloadSpec) {
  const daemon = spec.kind === 'DaemonSet';
  const usesGpu = spec.pool.startsWith('gpu') || (daemon && spec.pool === '*');
  return {
    containers: spec.containers.map((item, index) =>
      container(item, index === 0 ? spec.volume?.name : undefined),
    ),
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
