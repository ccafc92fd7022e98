import assert from 'node:assert/strict';
import { CADVISOR, Exporter, KSM, node, pod, said, usage } from '../cluster';
import { chargeOf, problemsOf, Seen } from '../observe';
import { FROM, GIB, Series, TO } from '../series';
import { assertClose } from './right';
import { Cases } from './types';

/** A claim, a volume and the pods that mount it. */
function volume(
  claim: string,
  phase: string,
  mounts: Array<{ pod: string; from?: number; to?: number }>,
  tib = 1,
) {
  const labels = { namespace: 'shop', persistentvolumeclaim: claim };
  return [
    said(
      KSM,
      'kube_persistentvolumeclaim_resource_requests_storage_bytes',
      labels,
      tib * 1024 * GIB,
    ),
    ...['Pending', 'Bound', 'Lost'].map(each =>
      said(
        KSM,
        'kube_persistentvolumeclaim_status_phase',
        { ...labels, phase: each },
        each === phase ? 1 : 0,
      ),
    ),
    ...mounts.map(({ pod: name, from, to }) =>
      said(
        KSM,
        'kube_pod_spec_volumes_persistentvolumeclaims_info',
        { ...labels, pod: name, volume: 'data' },
        1,
        from,
        to,
      ),
    ),
  ];
}

function released(
  phase: string,
  gib = 1024,
  { from = FROM - 1, to = TO }: { from?: number; to?: number } = {},
) {
  const labels = { persistentvolume: 'pv-old' };
  const say = (metric: string, more: Record<string, string>, value = 1) =>
    said(KSM, metric, { ...labels, ...more }, value, from, to);
  return [
    say('kube_persistentvolume_capacity_bytes', {}, gib * GIB),
    say('kube_persistentvolume_info', { storageclass: 'gp3' }),
    ...['Available', 'Bound', 'Failed', 'Pending', 'Released'].map(each =>
      say(
        'kube_persistentvolume_status_phase',
        { phase: each },
        each === phase ? 1 : 0,
      ),
    ),
  ];
}

const GIB_HOUR = 0.00005479452;

/** A claim of 8 EiB that is bound to a volume of which something is said. */
function boundTo(info: Record<string, string>): Series[] {
  const volumename = 'pv-data';
  return [
    ...volume('data', 'Bound', [{ pod: 'web-1' }], 8 * 2 ** 20),
    said(KSM, 'kube_persistentvolumeclaim_info', {
      namespace: 'shop',
      persistentvolumeclaim: 'data',
      storageclass: 'shared',
      volumename,
    }),
    said(
      KSM,
      'kube_persistentvolume_capacity_bytes',
      { persistentvolume: volumename },
      8 * 2 ** 30 * GIB,
    ),
    said(KSM, 'kube_persistentvolume_info', {
      persistentvolume: volumename,
      storageclass: 'shared',
      ...info,
    }),
  ];
}

const isOn = (backing: string | undefined, info: Record<string, string>) => ({
  series: [...node(), ...pod(), ...boundTo(info)],
  check: (seen: Seen) => {
    const found = seen.observations.volumes;
    assert.equal(found.length, 3);
    found.forEach(each => assert.equal(each.backing, backing));
  },
});

export const volumes: Cases = {
  'a claim on EFS is on no disk': isOn('shared', {
    csi_driver: 'efs.csi.aws.com',
  }),
  'a claim on an NFS share is on no disk': isOn('shared', {
    nfs_server: '10.0.0.2',
    nfs_path: '/share',
  }),
  'a claim on a local path is on the disk of its node': isOn('node', {
    local_path: '/mnt/disks/ssd0',
  }),
  'a claim on EBS is on a disk': isOn(undefined, {
    csi_driver: 'ebs.csi.aws.com',
  }),
  'a claim that is pending costs nothing': {
    series: [...node(), ...pod(), ...volume('big', 'Pending', [])],
    check: seen => {
      assert.deepEqual(seen.observations.volumes, []);
      assert.equal(chargeOf(seen, 1, '__unmounted__').storageDollars, 0);
    },
  },
  'a volume that is released is paid and unmounted': {
    series: [...node(), ...pod(), ...released('Released')],
    check: seen =>
      assertClose(
        chargeOf(seen, 1, '__unmounted__').storageDollars,
        1024 * GIB_HOUR,
        'unmounted',
      ),
  },
  'a claim mounted 60 minutes by one pod and 2 by another': {
    series: [
      ...node(),
      ...pod(),
      ...pod({
        name: 'copy-1',
        owner: { kind: 'StatefulSet', name: 'copy' },
        from: 5400,
        to: 5520,
      }),
      ...volume('data', 'Bound', [
        { pod: 'web-1' },
        { pod: 'copy-1', from: 5400, to: 5520 },
      ]),
    ],
    check: seen => {
      const whole = 1024 * GIB_HOUR;
      const of = (name: string) => chargeOf(seen, 1, name).storageDollars;
      assertClose(of('web'), (whole * 59) / 60, 'the first pod');
      assertClose(of('copy'), whole / 60, 'the second pod', 0.01);
    },
  },
};

interface Bound {
  exporter?: Exporter;
  claim?: string;
  volume?: string;
  storageClass?: string;
  asked?: number;
  gib?: number;
  from?: number;
  to?: number;
}

/** A claim that asks for so many GiB, its volume, and `web-1`, which mounts it. */
function bound(options: Bound = {}): Series[] {
  const {
    exporter = KSM,
    claim = 'data',
    volume: name = 'pv-1',
    storageClass = 'gp3',
    gib = 100,
    asked = gib,
    from,
    to,
  } = options;
  const labels = { namespace: 'shop', persistentvolumeclaim: claim };
  const say = (metric: string, more: Record<string, string>, value = 1) =>
    said(exporter, metric, more, value, from, to);
  return [
    say(
      'kube_persistentvolumeclaim_resource_requests_storage_bytes',
      labels,
      asked * GIB,
    ),
    say('kube_persistentvolumeclaim_status_phase', {
      ...labels,
      phase: 'Bound',
    }),
    say('kube_persistentvolumeclaim_info', {
      ...labels,
      storageclass: storageClass,
      volumename: name,
    }),
    say('kube_pod_spec_volumes_persistentvolumeclaims_info', {
      ...labels,
      pod: 'web-1',
      volume: 'data',
    }),
    say(
      'kube_persistentvolume_capacity_bytes',
      { persistentvolume: name },
      gib * GIB,
    ),
    say('kube_persistentvolume_info', {
      persistentvolume: name,
      storageclass: storageClass,
    }),
    say('kube_persistentvolume_status_phase', {
      persistentvolume: name,
      phase: 'Bound',
    }),
  ];
}

const web = [...node(), ...pod(), ...usage()];
/** In the middle of the second hour. */
const HALF = 5400;

/** GiB-hours of the second hour, all of which are `web`'s. */
const gibHours =
  (right: number, close = 0.01) =>
  (seen: Seen) => {
    assertClose(
      chargeOf(seen, 1, 'web').storageGibHours,
      right,
      'GiB-hours',
      close,
    );
    assert.equal(chargeOf(seen, 1, '__unmounted__').storageGibHours, 0);
  };

/** Scraped but for twenty minutes of the second hour. */
const withGap = (from: number) => {
  const gap = (exporter: Exporter) => [
    { ...exporter, to: from },
    { ...exporter, from: from + 1200 },
  ];
  return {
    ksm: gap(KSM),
    cadvisor: gap(CADVISOR),
  };
};

const claimInGap = (from: number) => ({
  series: [
    ...withGap(from).ksm.flatMap(exporter => [
      ...node({ exporter }),
      ...pod({ exporter }),
      ...bound({ exporter }),
    ]),
    ...usage(),
  ],
  check: (seen: Seen) => {
    gibHours(100)(seen);
    assert.ok(problemsOf(seen, 1).includes('partial-hour'));
  },
});

export const changingVolumes: Cases = {
  'a claim is resized from 100 to 1000 GiB at half past': {
    series: [
      ...web,
      ...bound({ to: HALF }),
      ...bound({ gib: 1000, from: HALF }),
    ],
    check: gibHours(550),
  },
  'its volume grows before the claim says so': {
    series: [
      ...web,
      ...bound({ to: HALF }),
      ...bound({ asked: 100, gib: 1000, from: HALF }),
    ],
    check: gibHours(550),
  },
  'a claim is made again under its name, with a smaller volume': {
    series: [
      ...web,
      ...bound({ gib: 1000, to: HALF }),
      ...bound({ volume: 'pv-2', gib: 10, from: HALF }),
    ],
    check: gibHours(505),
  },
  'a claim is made again with another class': {
    series: [
      ...web,
      ...bound({ to: HALF }),
      ...bound({ volume: 'pv-2', storageClass: 'io2', from: HALF }),
    ],
    check: seen => {
      gibHours(100)(seen);
      const classes = seen.observations.volumes
        .filter(each => each.hour.includes('T11:'))
        .map(each => [
          each.storageClass,
          Math.round((each.existedSeconds ?? 0) / 60),
        ]);
      assert.deepEqual(classes.sort(), [
        ['gp3', 30],
        ['io2', 30],
      ]);
    },
  },
  'a volume is larger than its claim asks for': {
    series: [...web, ...bound({ asked: 60, gib: 100 })],
    check: gibHours(100, 0.001),
  },
  'a released volume grows at half past': {
    series: [
      ...web,
      ...released('Released', 100, { to: HALF }),
      ...released('Released', 1000, { from: HALF }),
    ],
    check: seen =>
      assertClose(
        chargeOf(seen, 1, '__unmounted__').storageGibHours,
        550,
        'GiB-hours',
        0.01,
      ),
  },
  'volumes are told by another shard at another pace': {
    series: [
      ...web,
      ...bound().map(one =>
        one.metric.startsWith('kube_persistentvolume_')
          ? {
              ...one,
              labels: { ...one.labels, instance: '10.0.0.8:8080' },
              samples: one.samples.filter((_, index) => index % 4 === 0),
            }
          : one,
      ),
    ],
    check: gibHours(100, 0.001),
  },
  'kube-state-metrics is silent for 20 minutes while a claim is mounted':
    claimInGap(4800),
  'it is silent from the start of the hour': claimInGap(3600),
  'it is silent to the end of the hour': claimInGap(6000),
  'all exporters are silent for 20 minutes': {
    series: [
      ...withGap(4800).ksm.flatMap(exporter => [
        ...node({ exporter }),
        ...pod({ exporter }),
        ...bound({ exporter }),
      ]),
      ...withGap(4800).cadvisor.flatMap(exporter => usage({ exporter })),
    ],
    check: gibHours(100),
  },
  'a claim that is gone after the silence is not taken for there': {
    series: [
      ...withGap(4800).ksm.flatMap(exporter => [
        ...node({ exporter }),
        ...pod({ exporter }),
      ]),
      ...bound({ to: 4800 }).filter(
        ({ metric }) =>
          metric !== 'kube_pod_spec_volumes_persistentvolumeclaims_info',
      ),
      ...usage(),
    ],
    check: seen =>
      assertClose(
        chargeOf(seen, 1, '__unmounted__').storageGibHours,
        100 / 3,
        'GiB-hours',
        0.03,
      ),
  },
  'a pod of a StatefulSet is made again on another node with its claim': {
    series: [
      ...node(),
      ...node({ name: 'node-2' }),
      ...pod({ to: HALF }),
      ...pod({ node: 'node-2', from: HALF }),
      ...usage(),
      ...bound(),
    ],
    check: gibHours(100, 0.001),
  },
};
