/** Nodes as the templates expect them: three zones, GPUs of each sharing, spot. */
import { V1Node } from '@kubernetes/client-node';
import { create } from '../../kubernetes/suites/cluster';
import { renderedSets } from './rendered';

export const ZONES = ['a', 'b', 'c'].map(zone => `region-1${zone}`);

const ROOM = {
  cpu: '128',
  memory: '1Ti',
  'ephemeral-storage': '1Ti',
  pods: '250',
};
const GPU_TAINT = {
  key: 'nvidia.com/gpu',
  value: 'present',
  effect: 'NoSchedule',
};

/** The slices that any set asks for. */
function slices(): string[] {
  const text = JSON.stringify(renderedSets.map(({ objects }) => objects));
  return [...new Set(text.match(/nvidia\.com\/mig-[0-9]g\.[0-9]+gb/g) ?? [])];
}

/** As GPU feature discovery labels and taints them. */
const gpus = (
  product: string,
  strategy: string,
  devices: Record<string, string>,
) => ({
  labels: {
    'nvidia.com/gpu.product': product,
    'nvidia.com/gpu.sharing-strategy': strategy,
  },
  taints: [GPU_TAINT],
  room: { ...ROOM, ...devices },
});

export async function createNodes(): Promise<void> {
  const h100 = 'NVIDIA-H100-80GB-HBM3';
  const kinds = {
    general: { labels: {}, taints: [], room: ROOM },
    spot: {
      labels: { 'karpenter.sh/capacity-type': 'spot' },
      taints: [
        { key: 'headroom.io/spot', value: 'true', effect: 'NoSchedule' },
      ],
      room: ROOM,
    },
    whole: gpus(h100, 'none', { 'nvidia.com/gpu': '8' }),
    turns: gpus(`${h100}-SHARED`, 'time-slicing', { 'nvidia.com/gpu': '32' }),
    slices: gpus(
      h100,
      'none',
      Object.fromEntries(slices().map(name => [name, '16'])),
    ),
  };
  for (const [kind, { labels, taints, room }] of Object.entries(kinds)) {
    for (const zone of ZONES) {
      const name = `${kind}-${zone}`;
      await create<V1Node>({
        apiVersion: 'v1',
        kind: 'Node',
        metadata: {
          name,
          labels: {
            'kubernetes.io/hostname': name,
            'topology.kubernetes.io/zone': zone,
            ...labels,
          },
        },
        spec: { taints },
        status: { allocatable: room, capacity: room },
      });
    }
  }
}
