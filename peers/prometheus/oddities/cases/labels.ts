import assert from 'node:assert/strict';
import { createLinker } from '@headroom/common';
import { CADVISOR, Exporter, KSM, node, pod, said, usage } from '../cluster';
import { chargeOf, problemsOf, Seen } from '../observe';
import { Series } from '../series';
import { assertClose, assertWebIsRight } from './right';
import { Cases } from './types';

const without = (all: Series[], ...metrics: string[]) =>
  all.filter(({ metric }) => !metrics.includes(metric));

/** Labels as kube-state-metrics writes them, and the selectors that must find `web`. */
const linked = (labels: Record<string, string>, selectors: string[]) => ({
  series: [...node(), ...pod({ labels }), ...usage()],
  check: (seen: Seen) => {
    assertWebIsRight(seen);
    for (const labelSelector of selectors) {
      const link = createLinker(
        [{ entityRef: 'component:default/web', labelSelector }],
        [],
      );
      const [web] = seen.hours[1].workloads;
      assert.equal(
        link(web, 'prod')?.entityRef,
        'component:default/web',
        `${labelSelector} finds ${JSON.stringify(web.labels)}`,
      );
    }
  },
});

const DCGM: Exporter = {
  every: 30,
  phase: 3,
  labels: { job: 'dcgm', instance: '10.0.1.1:9400' },
};

/** Two nodes with a board each, of which the first is held by `train`. */
const boards = (
  device: (index: number) => Record<string, string>,
  tenant: Record<string, string>,
) => ({
  series: [0, 1].flatMap(index => {
    const exporter = {
      ...DCGM,
      labels: {
        ...DCGM.labels,
        instance: `10.0.1.${index}:9400`,
      },
    };
    const name = `gpu-${index}`;
    return [
      ...node({
        name,
        instanceType: 'g5.2xlarge',
        capacity: { nvidia_com_gpu: 1 },
      }),
      ...pod({
        namespace: 'gpu-operator',
        name: `dcgm-exporter-${index}`,
        node: name,
        container: 'exporter',
        owner: { kind: 'DaemonSet', name: 'dcgm-exporter' },
        requests: {},
      }),
      ...usage({
        namespace: 'gpu-operator',
        pod: `dcgm-exporter-${index}`,
        container: 'exporter',
        id: `/kubepods/podx${index}/x${index}`,
        name: '',
      }),
      ...['DCGM_FI_DEV_GPU_UTIL', 'DCGM_FI_DEV_POWER_USAGE'].map(metric =>
        said(
          exporter,
          metric,
          {
            gpu: '0',
            UUID: `GPU-${index}`,
            modelName: 'NVIDIA A10G',
            ...device(index),
            ...(index === 0 ? tenant : {}),
          },
          index === 0 ? 80 : 0,
        ),
      ),
      ...(index === 0
        ? pod({
            namespace: 'ml',
            name: 'train-0',
            node: name,
            container: 'train',
            owner: { kind: 'StatefulSet', name: 'train' },
            requests: { cpu: 1, nvidia_com_gpu: 1 },
          })
        : []),
    ];
  }),
  check: (seen: Seen) => {
    const hour = seen.observations.devices?.filter(each =>
      each.hour.includes('T11:'),
    );
    assert.deepEqual(
      hour
        ?.map(({ board, node: at, tenants, tenantsKnown }) => [
          board,
          at,
          tenants.map(each => each.pod),
          tenantsKnown,
        ])
        .sort(),
      [
        ['GPU-0', 'gpu-0', ['train-0'], true],
        ['GPU-1', 'gpu-1', [], true],
      ],
    );
    const { gpuHours } = chargeOf(seen, 1, 'train');
    assertClose(gpuHours, 1, 'what train holds');
    assert.equal(chargeOf(seen, 1, 'dcgm-exporter').gpuHours, 0);
  },
});

const ofExporter = (index: number) => ({
  namespace: 'gpu-operator',
  pod: `dcgm-exporter-${index}`,
  container: 'exporter',
});

const EXPORTED = {
  exported_namespace: 'ml',
  exported_pod: 'train-0',
  exported_container: 'train',
};

export const labels: Cases = {
  'camel case, upper case and domains under kube-state-metrics 2': linked(
    {
      label_app_name: 'web',
      label_team: 'shop',
      label_acme_io_service_name: 'web',
    },
    ['appName=web', 'Team=shop', 'acme.io/serviceName=web', 'app-name=web'],
  ),
  'the same under kube-state-metrics 1.9': linked(
    {
      label_appName: 'web',
      label_Team: 'shop',
      label_acme_io_serviceName: 'web',
    },
    ['appName=web', 'Team=shop', 'acme.io/serviceName=web'],
  ),
  'two kube-state-metrics of which one has no labels': {
    series: [
      ...without([...node(), ...pod()], 'kube_node_labels', 'kube_pod_labels'),
      ...[...node(), ...pod()].map(one => ({
        ...one,
        labels: { ...one.labels, job: 'ksm', instance: '10.0.0.8:8080' },
      })),
      said(KSM, 'kube_node_labels', { node: 'node-1' }),
      said(KSM, 'kube_pod_labels', { namespace: 'shop', pod: 'web-1' }),
      ...usage(),
    ],
    check: seen => {
      assertWebIsRight(seen);
      for (const { instanceType } of seen.observations.nodes) {
        assert.equal(instanceType, 'm5.2xlarge');
      }
      for (const each of seen.observations.containers) {
        assert.equal(each.labels.app, 'web');
      }
      assert.ok(!problemsOf(seen).includes('no-pod-labels'));
    },
  },
  'DCGM with honorLabels off': boards(
    index => ({ Hostname: `gpu-${index}`, ...ofExporter(index) }),
    EXPORTED,
  ),
  "DCGM whose Hostname is the exporter's pod": boards(
    index => ({ Hostname: `dcgm-exporter-${index}`, ...ofExporter(index) }),
    EXPORTED,
  ),
  'DCGM with honorLabels on': boards(index => ({ Hostname: `gpu-${index}` }), {
    namespace: 'ml',
    pod: 'train-0',
    container: 'train',
  }),
  "a MIG parent's row beside its two instances": {
    series: [
      ...node({
        instanceType: 'p4d.24xlarge',
        cores: 96,
        gib: 1152,
        capacity: { nvidia_com_mig_3g_20gb: 2 },
        labels: {
          label_nvidia_com_gpu_product: 'NVIDIA-A100-SXM4-40GB',
          label_nvidia_com_gpu_count: '1',
          label_nvidia_com_mig_strategy: 'mixed',
        },
      }),
      ...[undefined, '1', '2'].map(instance =>
        said(
          DCGM,
          'DCGM_FI_PROF_GR_ENGINE_ACTIVE',
          {
            gpu: '0',
            UUID: 'GPU-0',
            Hostname: 'node-1',
            modelName: 'NVIDIA A100-SXM4-40GB',
            GPU_I_ID: instance,
            GPU_I_PROFILE: instance && '3g.20gb',
          },
          instance ? 0.5 : 0,
        ),
      ),
      said(
        DCGM,
        'DCGM_FI_DEV_POWER_USAGE',
        {
          gpu: '0',
          UUID: 'GPU-0',
          Hostname: 'node-1',
          modelName: 'NVIDIA A100-SXM4-40GB',
        },
        220,
      ),
      ...pod(),
      ...usage({ exporter: CADVISOR }),
    ],
    check: seen => {
      const devices = seen.observations.devices?.filter(each =>
        each.hour.includes('T11:'),
      );
      assert.deepEqual(
        devices?.map(({ board, instance }) => [board, instance]).sort(),
        [
          ['GPU-0', '1'],
          ['GPU-0', '2'],
        ],
      );
      assert.deepEqual(
        seen.observations.nodes.map(({ gpuDevices }) => gpuDevices),
        [1, 1, 1],
      );
    },
  },
};
