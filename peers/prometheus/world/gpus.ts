import { GeneratedSeries, round, series } from './series';
import { NODES, WorldNode } from './nodes';
import { PODS, WorldPod } from './pods';
import { noise, seedOf } from './random';
import { minuteOf } from './time';

/** Seconds after the minute each exporter job is scraped at. */
export const DCGM_OFFSETS = { dcgm: 5, 'dcgm-service': 27 };

/** A reading nobody can have, once on the first device of each node with whole GPUs. */
export const GARBAGE_MINUTE = minuteOf(8, 11, 13);

/** Memory of an A10G and of the H100's instances, MiB. */
const A10G_MIB = 23_028;
const INSTANCES = [
  { id: '1', profile: '3g.40gb', mib: 40_448, service: 'llm' },
  { id: '7', profile: '1g.10gb', mib: 9728, service: 'rerank' },
  // Nobody has it.
  { id: '8', profile: '1g.10gb', mib: 9728, service: undefined },
];

/** Mean share of the time the GPU of a pod is busy. */
export function gpuBusyShare(service: string | undefined): number {
  return (
    {
      embedder: 0.35,
      trainer: 0.8,
      tagger: 0.4,
      whisper: 0.99,
      llm: 0.5,
      rerank: 0.2,
    }[service ?? ''] ?? 0.01
  );
}

/** GPU readings of every node that has some. */
export function gpuSeries(): GeneratedSeries[] {
  return NODES.flatMap(node => {
    switch (node.name) {
      case 'mig-1':
        return instances(node);
      case 'sliced-1':
        return sliced(node);
      case 'silent-1':
        return silent(node);
      default:
        return node.gpus > 0 ? whole(node) : [];
    }
  });
}

function holdersOn(node: WorldNode): WorldPod[] {
  return PODS.filter(
    pod =>
      pod.node === node.name &&
      pod.containers.some(container => container.gpuRequest),
  );
}

function hardware(node: WorldNode, device = 0) {
  return {
    gpu: String(device),
    UUID: `GPU-${node.name}-${device}`,
    Hostname: node.name,
    modelName: node.gpuModel,
  };
}

function workload(pod: WorldPod) {
  return {
    namespace: pod.namespace,
    pod: pod.name,
    container: pod.containers[0].name,
  };
}

function aliveIn(pod: WorldPod, value: (minute: number) => number) {
  return (minute: number) =>
    minute >= pod.from && minute < pod.to ? value(minute) : undefined;
}

/** Busy share of a device around its mean, new every five minutes. */
function busyOf(key: string, share: number) {
  const seed = seedOf(key);
  return (minute: number) =>
    Math.min(1, share * (0.8 + 0.4 * noise(seed, Math.floor(minute / 5))));
}

/** Two jobs: one honours the exporter's labels, the other renames them. */
function whole(node: WorldNode): GeneratedSeries[] {
  return holdersOn(node).flatMap((pod, device) => {
    const { namespace, pod: name, container } = workload(pod);
    const renamed = {
      namespace: 'gpu-operator',
      pod: `dcgm-${node.name}`,
      container: 'exporter',
      exported_namespace: namespace,
      exported_pod: name,
      exported_container: container,
    };
    const busy = busyOf(
      `GPU-${node.name}-${device}`,
      gpuBusyShare(pod.service),
    );
    return (['dcgm', 'dcgm-service'] as const).flatMap(job => {
      const labels = {
        job,
        instance: `${node.name}:9400`,
        ...hardware(node, device),
        ...(job === 'dcgm' ? workload(pod) : renamed),
      };
      const offset = DCGM_OFFSETS[job];
      return [
        series(
          'DCGM_FI_DEV_GPU_UTIL',
          labels,
          offset,
          aliveIn(pod, minute =>
            minute === GARBAGE_MINUTE && device === 0
              ? 4_294_967_295
              : Math.round(100 * Math.min(1, busy(minute) * 1.5)),
          ),
        ),
        ...(node.name === 'gpu-1'
          ? [
              series(
                'DCGM_FI_PROF_GR_ENGINE_ACTIVE',
                labels,
                offset,
                aliveIn(pod, minute => round(busy(minute))),
              ),
            ]
          : []),
      ];
    });
  });
}

/** The value of the one board, again for each pod that shares it. */
function sliced(node: WorldNode): GeneratedSeries[] {
  const busy = busyOf(node.name, gpuBusyShare('tagger'));
  return holdersOn(node).flatMap((pod, client) => {
    const labels = {
      job: 'dcgm',
      instance: `${node.name}:9400`,
      ...hardware(node),
      ...workload(pod),
      vgpu: String(client),
    };
    return [
      series('DCGM_FI_DEV_GPU_UTIL', labels, DCGM_OFFSETS.dcgm, minute =>
        Math.round(100 * busy(minute)),
      ),
      series('DCGM_FI_DEV_FB_USED', labels, DCGM_OFFSETS.dcgm, () => 9000),
      series(
        'DCGM_FI_DEV_FB_FREE',
        labels,
        DCGM_OFFSETS.dcgm,
        () => A10G_MIB - 9000,
      ),
    ];
  });
}

/** A profiling counter that stays at 0 while kernels run all the time. */
function silent(node: WorldNode): GeneratedSeries[] {
  return holdersOn(node).flatMap(pod => {
    const labels = {
      job: 'dcgm',
      instance: `${node.name}:9400`,
      ...hardware(node),
      ...workload(pod),
    };
    return [
      series('DCGM_FI_DEV_GPU_UTIL', labels, DCGM_OFFSETS.dcgm, () => 99),
      series(
        'DCGM_FI_PROF_GR_ENGINE_ACTIVE',
        labels,
        DCGM_OFFSETS.dcgm,
        () => 0,
      ),
    ];
  });
}

/** Under MIG a value is of its instance: 1 means all of that instance. */
function instances(node: WorldNode): GeneratedSeries[] {
  return INSTANCES.flatMap(({ id, profile, mib, service }) => {
    const holder = holdersOn(node).find(pod => pod.service === service);
    const labels = {
      job: 'dcgm',
      instance: `${node.name}:9400`,
      ...hardware(node),
      GPU_I_ID: id,
      GPU_I_PROFILE: profile,
      ...(holder && workload(holder)),
    };
    const busy = busyOf(`${node.name}-${id}`, gpuBusyShare(service));
    const used = holder ? Math.round(mib * 0.7) : 15;
    return [
      series(
        'DCGM_FI_PROF_GR_ENGINE_ACTIVE',
        labels,
        DCGM_OFFSETS.dcgm,
        minute => (holder ? round(busy(minute)) : 0),
      ),
      series('DCGM_FI_DEV_FB_USED', labels, DCGM_OFFSETS.dcgm, () => used),
      series(
        'DCGM_FI_DEV_FB_FREE',
        labels,
        DCGM_OFFSETS.dcgm,
        () => mib - used,
      ),
    ];
  });
}
