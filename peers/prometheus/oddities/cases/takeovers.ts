import assert from 'node:assert/strict';
import { KSM, node, NodeOptions, pod, usage } from '../cluster';
import { chargeOf, problemsOf, Seen } from '../observe';
import { Series } from '../series';
import { assertClose } from './right';
import { Cases } from './types';

/** In the middle of the second hour. */
const HALF = 5400;
/** Dollars of an m5.2xlarge for an hour: on demand, and what spot commonly costs. */
const ON_DEMAND = 0.384;
const SPOT = 0.4 * ON_DEMAND;

/** What the licence of Windows adds for a vCPU. */
const WINDOWS_CORE = 0.046;

const KARPENTER = {
  spot: { label_karpenter_sh_capacity_type: 'spot' },
  onDemand: { label_karpenter_sh_capacity_type: 'on-demand' },
};
const GKE_SPOT = { label_cloud_google_com_gke_spot: 'true' };

/** `node-1` as it is until some time, and as it is from then on. */
const first = (options: NodeOptions = {}, at = HALF) =>
  node({ to: at, ...options });
const then = (options: NodeOptions = {}, at = HALF) =>
  node({ from: at, ...options });

/** What its firmware calls the machine. */
const named = (uuid: string, all: Series[]): Series[] =>
  all.map(one =>
    one.metric === 'kube_node_info'
      ? { ...one, labels: { ...one.labels, system_uuid: uuid } }
      : one,
  );

/** Machines of the second hour: type, capacity type and minutes. */
function machinesOf({ observations }: Seen) {
  return observations.nodes
    .filter(({ hour }) => hour.includes('T11:'))
    .map(({ instanceType, capacityType, upSeconds }) => ({
      is: `${instanceType} ${capacityType}`,
      minutes: Math.round(upSeconds / 60),
    }));
}

function dollarsOf({ hours }: Seen): number {
  return hours[1].nodes.reduce(
    (sum, { cost }) => sum + Number(cost.cpu + cost.memory) / 1e6,
    0,
  );
}

const right = (
  series: Series[],
  machines: Array<[is: string, minutes: number]>,
  dollars: number,
) => ({
  series: [...series, ...pod(), ...usage()],
  check: (seen: Seen) => {
    assert.deepEqual(
      machinesOf(seen),
      machines.map(([is, minutes]) => ({ is, minutes })),
    );
    assertClose(dollarsOf(seen), dollars, 'the price of the hour', 0.01);
    assert.ok(!problemsOf(seen, 1).includes('duplicate-node'));
  },
});

export const takeovers: Cases = {
  'a spot node is replaced by one on demand of its name and size': right(
    [
      ...first({ labels: KARPENTER.spot }),
      ...then({ labels: KARPENTER.onDemand }),
    ],
    [
      ['m5.2xlarge spot', 30],
      ['m5.2xlarge on-demand', 30],
    ],
    (SPOT + ON_DEMAND) / 2,
  ),
  'the same where only spot has a label': right(
    [...first({ labels: GKE_SPOT }), ...then()],
    [
      ['m5.2xlarge spot', 30],
      ['m5.2xlarge on-demand', 30],
    ],
    (SPOT + ON_DEMAND) / 2,
  ),
  'the other way around, told by the firmware': right(
    [...named('a', first()), ...named('b', then({ labels: GKE_SPOT }))],
    [
      ['m5.2xlarge on-demand', 30],
      ['m5.2xlarge spot', 30],
    ],
    (SPOT + ON_DEMAND) / 2,
  ),
  'Linux is replaced by Windows on a machine of the same type': right(
    [
      ...first({ labels: { label_kubernetes_io_os: 'linux' } }),
      ...then({ labels: { label_kubernetes_io_os: 'windows' } }),
    ],
    [
      ['m5.2xlarge on-demand', 30],
      ['m5.2xlarge on-demand', 30],
    ],
    ON_DEMAND + (8 * WINDOWS_CORE) / 2,
  ),
  'a label of spot comes half an hour late': right(
    [...named('a', first()), ...named('a', then({ labels: GKE_SPOT }))],
    [['m5.2xlarge spot', 60]],
    SPOT,
  ),
  'another type of the same size takes over': right(
    [...first({}, 4500), ...then({ instanceType: 'm6i.2xlarge' }, 4500)],
    [
      ['m5.2xlarge on-demand', 15],
      ['m6i.2xlarge on-demand', 45],
    ],
    ON_DEMAND,
  ),
  'kube-state-metrics moves twenty minutes before a node is replaced': right(
    [
      ...first(
        { labels: KARPENTER.spot, exporter: { ...KSM, to: 4800 } },
        6000,
      ),
      ...[
        ...first(
          { labels: KARPENTER.spot, exporter: { ...KSM, from: 4800 } },
          6000,
        ),
        ...then({ labels: KARPENTER.onDemand }, 6000),
      ].map(one => ({
        ...one,
        labels: { ...one.labels, instance: '10.0.0.8:8080', pod: 'ksm-2' },
      })),
    ],
    [
      ['m5.2xlarge spot', 40],
      ['m5.2xlarge on-demand', 20],
    ],
    (SPOT * 2 + ON_DEMAND) / 3,
  ),
  'a node leaves for twenty minutes and comes back': right(
    [...first({}, 4800), ...then({}, 6000), ...node({ name: 'node-2' })],
    [
      ['m5.2xlarge on-demand', 40],
      ['m5.2xlarge on-demand', 60],
    ],
    (ON_DEMAND * 5) / 3,
  ),
  'a node is replaced by one that is too small for what was used before': {
    series: [
      ...first({ cores: 16, gib: 64, instanceType: 'm5.4xlarge' }),
      ...then(),
      ...pod({ to: HALF }),
      ...usage({ cores: 12, gib: 48, to: HALF }),
    ],
    check: seen => {
      const { usedCoreHours, gibHours } = chargeOf(seen, 1, 'web');
      assertClose(usedCoreHours, 6, 'used core-hours', 0.02);
      assertClose(gibHours, 24, 'GiB-hours', 0.02);
      assert.ok(!problemsOf(seen, 1).includes('usage-impossible'));
    },
  },
};
