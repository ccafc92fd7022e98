import assert from 'node:assert/strict';
import { Exporter, KSM, node, pod, said, usage } from '../cluster';
import { chargeOf } from '../observe';
import { withOwnLabels } from '../ownLabels';
import { GIB, Series } from '../series';
import { assertClose, assertComplete, assertWebIsRight } from './right';
import { Cases } from './types';

/** Another kube-state-metrics than {@link KSM}. */
const other = (change: Partial<Exporter> = {}): Exporter => ({
  ...KSM,
  phase: 19,
  labels: { job: 'kube-state-metrics', instance: '10.0.0.8:8080' },
  ...change,
});

function claim(exporter: Exporter): Series[] {
  const labels = { namespace: 'shop', persistentvolumeclaim: 'data' };
  return [
    said(
      exporter,
      'kube_persistentvolumeclaim_resource_requests_storage_bytes',
      labels,
      100 * GIB,
    ),
    said(
      exporter,
      'kube_persistentvolumeclaim_status_phase',
      { ...labels, phase: 'Bound' },
      1,
    ),
    said(
      exporter,
      'kube_persistentvolumeclaim_info',
      { ...labels, storageclass: 'gp3', volumename: 'pv-1' },
      1,
    ),
    said(
      exporter,
      'kube_persistentvolume_capacity_bytes',
      { persistentvolume: 'pv-1' },
      100 * GIB,
    ),
    said(
      exporter,
      'kube_persistentvolume_status_phase',
      { persistentvolume: 'pv-1', phase: 'Bound' },
      1,
    ),
    said(
      exporter,
      'kube_pod_spec_volumes_persistentvolumeclaims_info',
      { ...labels, pod: 'web-1', volume: 'data' },
      1,
    ),
  ];
}

const all = (exporter: Exporter) => [
  ...node({ exporter }),
  ...pod({ exporter }),
  ...claim(exporter),
];

const right = (series: Series[]) => ({
  series: [...series, ...usage()],
  check: (seen: Parameters<typeof assertWebIsRight>[0]) => {
    assertWebIsRight(seen);
    assertComplete(seen);
    for (const hour of [0, 1, 2]) {
      const { storageGibHours, storageDollars } = chargeOf(seen, hour, 'web');
      assertClose(storageGibHours, 100, `GiB-hours of the volume`);
      assertClose(storageDollars, 0.005479, `money of the volume`);
      const [only] = seen.observations.nodes;
      assert.equal(only.upSeconds, 3600);
    }
  },
});

export const speakers: Cases = {
  'kube-state-metrics rolls over at half past, with a minute of both': right([
    ...all({ ...KSM, to: 5430 }),
    ...all(other({ from: 5370 })),
  ]),
  'kube-state-metrics rolls over with half a minute of none': right([
    ...all({ ...KSM, to: 5400 }),
    ...all(other({ from: 5415 })),
  ]),
  'two replicas, both replaced in the hour': right([
    ...all({ ...KSM, to: 5400 }),
    ...all(other({ to: 5700 })),
    ...all({
      ...KSM,
      from: 5350,
      labels: { job: 'kube-state-metrics', instance: '10.0.0.9:8080' },
    }),
    ...all({
      ...other({ from: 5650 }),
      labels: { job: 'kube-state-metrics', instance: '10.0.0.10:8080' },
    }),
  ]),
  'two jobs at different paces': right([
    ...all(KSM),
    ...all(
      other({
        every: 60,
        labels: { job: 'ksm-old', instance: '10.0.0.8:8080' },
      }),
    ),
  ]),
  'a pair of Prometheus with gaps at different times': right(
    [
      { replica: 'a', gap: [4000, 4500] },
      { replica: 'b', gap: [6000, 6600] },
    ].flatMap(({ replica, gap }, index) =>
      [
        { ...KSM, phase: 7 + index, to: gap[0] },
        { ...KSM, phase: 7 + index, from: gap[1] },
      ].flatMap(exporter =>
        all({
          ...exporter,
          labels: { ...KSM.labels, prometheus_replica: replica },
        }),
      ),
    ),
  ),
  'shards of which each knows some of the pods': right([
    ...node({ exporter: KSM }),
    ...claim(KSM),
    ...pod({ exporter: other() }),
  ]),
  'honor_labels is off, so that labels of objects are renamed': right(
    withOwnLabels(
      {
        namespace: 'monitoring',
        pod: 'kube-state-metrics-0',
        container: 'kube-state-metrics',
      },
      all(KSM),
    ),
  ),
};
