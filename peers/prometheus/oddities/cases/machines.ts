import assert from 'node:assert/strict';
import { KSM, node, pod, said, usage } from '../cluster';
import { chargeOf, Seen } from '../observe';
import { GIB } from '../series';
import { assertClose } from './right';
import { Cases } from './types';

const app = (at: string, requests: Record<string, number>) => [
  ...pod({
    name: 'app-0',
    node: at,
    container: 'app',
    owner: { kind: 'StatefulSet', name: 'app' },
    requests,
  }),
  ...usage({
    pod: 'app-0',
    container: 'app',
    id: '/kubepods/podapp/app',
    name: 'app',
    cores: 0.1,
    gib: 0.25,
  }),
];

/** Dollars of an hour: what nodes cost, and what is idle of them. */
function billOf({ hours }: Seen) {
  const sum = (of: Array<{ cost: { cpu: bigint; memory: bigint } }>) =>
    of.reduce((total, { cost }) => total + Number(cost.cpu + cost.memory), 0) /
    1e6;
  return {
    nodes: sum(hours[1].nodes),
    idle: sum(hours[1].rows.filter(({ bucket }) => bucket === 'idle')),
  };
}

export const machines: Cases = {
  'EKS Fargate is billed by the pod, a quarter of a core, while the node says 2':
    {
      series: [
        ...node({
          name: 'fargate-ip-10-0-1-7.ec2.internal',
          cores: 2,
          gib: 8,
          instanceType: '',
          labels: { label_eks_amazonaws_com_compute_type: 'fargate' },
        }),
        ...app('fargate-ip-10-0-1-7.ec2.internal', {
          cpu: 0.25,
          memory: 0.2 * GIB,
        }),
      ],
      check: seen => {
        const { nodes, idle } = billOf(seen);
        // 0.25 vCPU at $0.04048 and half a GB (with the platform's own) at $0.004445.
        assertClose(nodes, 0.25 * 0.04048 + 0.5 * 0.004445, 'the bill', 0.01);
        assert.equal(idle, 0);
        assertClose(chargeOf(seen, 1, 'app').dollars, nodes, 'what app pays');
      },
    },
  'Fargate says in an annotation what it bills': {
    series: [
      ...node({
        name: 'fargate-ip-10-0-1-8.ec2.internal',
        cores: 2,
        gib: 8,
        instanceType: '',
        labels: { label_eks_amazonaws_com_compute_type: 'fargate' },
      }),
      ...app('fargate-ip-10-0-1-8.ec2.internal', { cpu: 0.25 }),
      said(KSM, 'kube_pod_annotations', {
        namespace: 'shop',
        pod: 'app-0',
        annotation_capacity_provisioned: '1vCPU 3GB',
      }),
    ],
    check: seen =>
      assertClose(
        billOf(seen).nodes,
        0.04048 + 3 * 0.004445,
        'the bill',
        0.001,
      ),
  },
  'an AKS virtual node says it has 10,000 cores': {
    series: [
      ...node({
        name: 'virtual-node-aci-linux',
        cores: 10_000,
        gib: 20_000,
        instanceType: 'virtual-kubelet',
        labels: {
          label_type: 'virtual-kubelet',
          label_kubernetes_azure_com_managed: 'false',
        },
      }),
      ...app('virtual-node-aci-linux', { cpu: 1, memory: 2 * GIB }),
    ],
    check: seen => {
      const { nodes, idle } = billOf(seen);
      assert.equal(idle, 0);
      assert.ok(nodes < 0.1, `the node costs ${nodes} $ an hour`);
    },
  },
  'shared-core types of GKE are billed by the type, not by 2 vCPU': {
    series: [
      ...node({
        cores: 2,
        gib: 4,
        instanceType: 'e2-medium',
        labels: { label_topology_kubernetes_io_region: 'us-central1' },
      }),
      ...pod(),
    ],
    check: seen => assertClose(billOf(seen).nodes, 0.03351, 'e2-medium', 0.001),
  },
  ...Object.fromEntries(
    [
      ['label_spotinst_io_node_lifecycle', 'spot'],
      ['label_scheduling_cast_ai_spot', 'true'],
      ['label_eks_amazonaws_com_capacity_type', 'SPOT'],
      ['label_eks_amazonaws_com_capacityType', 'SPOT'],
      ['label_cloud_google_com_gke_spot', 'true'],
      ['label_kubernetes_azure_com_scalesetpriority', 'spot'],
      ['label_karpenter_sh_capacity_type', 'spot'],
    ].map(([label, value]) => [
      `spot by ${label}`,
      {
        series: [...node({ labels: { [label]: value } }), ...pod()],
        check: ({ observations, hours }: Seen) => {
          assert.deepEqual(
            [...new Set(observations.nodes.map(each => each.capacityType))],
            ['spot'],
          );
          assert.ok(Number(hours[1].nodes[0].hourlyPrice) < 0.25);
        },
      },
    ]),
  ),
  ...Object.fromEntries(
    [
      ['default', 'capacity-reservation', 'info'],
      ['capacity-block', 'capacity-block-price', 'warning'],
    ].map(([type, code, severity]) => [
      `reserved by Karpenter, ${type}`,
      {
        series: [
          ...node({
            labels: {
              label_karpenter_sh_capacity_type: 'reserved',
              label_karpenter_k8s_aws_capacity_reservation_type: type,
            },
          }),
          ...pod(),
        ],
        check: (seen: Seen) => {
          const [{ problems }] = seen.hours;
          assert.deepEqual(
            problems.map(problem => [problem.code, problem.severity]),
            [[code, severity]],
          );
          assertClose(billOf(seen).nodes, 0.384, 'the bill');
        },
      },
    ]),
  ),
  'Windows, whose licence is billed beside the machine': {
    series: [
      ...node({ labels: { label_kubernetes_io_os: 'windows' } }),
      ...pod(),
    ],
    check: (seen: Seen) => {
      assert.deepEqual(seen.hours[0].problems, []);
      assertClose(billOf(seen).nodes, 0.752, 'the bill');
    },
  },
};
