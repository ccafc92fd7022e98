import { VolumeHour } from '@headroom/plugin-cost-common';
import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { end, START, START_SECONDS } from '../__testUtils__/fakePrometheus';
import { HourWindow } from '../reading/HourWindow';
import { VolumeContext, VolumeTable } from './volumes';

const GIB = 2 ** 30;
const claim = { namespace: 'shop', persistentvolumeclaim: 'data' };
const pv = (volumename: string, storageclass = 'gp3') => ({
  ...claim,
  volumename,
  storageclass,
});

function part(
  name: string,
  labels: Record<string, string>,
  value: number,
): PrometheusSeries {
  return {
    labels: { headroom_part: name, ...labels },
    samples: [[START_SECONDS + 3600, value]],
  };
}

const capacity = (persistentvolume: string, gib: number) =>
  part('volume-capacity', { persistentvolume }, gib * GIB);

/** A claim of 100 GiB that was seen for so long. */
const seenFor = (seconds: number) => [
  part('seen', claim, seconds),
  part('asked', claim, 100 * GIB),
  part('held', pv('pv-1'), seconds),
  capacity('pv-1', 100),
];

const mountedBy = (pod: string, seconds: number) =>
  part('mount', { ...claim, pod }, seconds);

function volumesOf(
  answer: PrometheusSeries[],
  context: Partial<VolumeContext> = {},
) {
  return VolumeTable.read(HourWindow.create(START, end(1)), answer)
    .ofHour(0, {
      stepSeconds: 30,
      scrapedSeconds: 3600,
      heldSeconds: () => 0,
      ...context,
    })
    .map(({ capacityByteSeconds, ...rest }) => ({
      ...rest,
      gibSeconds: Math.round(capacityByteSeconds / GIB),
    }));
}

describe('VolumeTable', () => {
  it('adds up the volumes a claim had, each for its own time', () => {
    expect(
      volumesOf([
        part('seen', claim, 3600),
        part('held', pv('pv-1'), 1800),
        capacity('pv-1', 1000),
        part('held', pv('pv-2'), 1800),
        capacity('pv-2', 10),
      ]),
    ).toMatchObject([
      { storageClass: 'gp3', existedSeconds: 3600, gibSeconds: 505 * 3600 },
    ]);
  });

  it('has one entry for each class a claim had', () => {
    expect(
      volumesOf([
        part('seen', claim, 3600),
        part('held', pv('pv-1'), 1200),
        capacity('pv-1', 100),
        part('held', pv('pv-2', 'io2'), 2400),
        capacity('pv-2', 50),
        mountedBy('web-1', 3600),
      ]),
    ).toMatchObject([
      { storageClass: 'gp3', gibSeconds: 120_000, podSeconds: [1200] },
      { storageClass: 'io2', gibSeconds: 120_000, podSeconds: [2400] },
    ]);
  });

  it('takes no longer for two volumes than the claim was there', () => {
    expect(
      volumesOf([...seenFor(3600), part('held', pv('pv-2'), 3600)]),
    ).toMatchObject([{ existedSeconds: 3600, gibSeconds: 360_000 }]);
  });

  it.each([
    ['it is', [part('held', pv('pv-9'), 3600)]],
    ['there is', []],
  ])(
    'counts what a claim asks for where nobody says how large %s',
    (_, held) => {
      const asked = [part('seen', claim, 3600), part('asked', claim, 7 * GIB)];
      expect(volumesOf([...asked, ...held])).toMatchObject([
        { existedSeconds: 3600, gibSeconds: 7 * 3600 },
      ]);
    },
  );

  it('knows the class from the volume where the claim names none', () => {
    const volumes: Array<Partial<VolumeHour>> = volumesOf([
      part('seen', claim, 3600),
      part('held', pv('pv-1', ''), 3600),
      capacity('pv-1', 1),
      part(
        'volume-class',
        { persistentvolume: 'pv-1', storageclass: 'standard' },
        1,
      ),
    ]);
    expect(volumes[0].storageClass).toBe('standard');
  });

  it('divides a claim among pods by what falls to each', () => {
    expect(
      volumesOf([
        ...seenFor(3600),
        mountedBy('web-2', 600),
        mountedBy('web-1', 1200),
      ]),
    ).toMatchObject([{ pods: ['web-1', 'web-2'], podSeconds: [1200, 600] }]);
  });

  it('gives all of it to a pod that misses an instant', () => {
    expect(
      volumesOf([...seenFor(3600), mountedBy('web-1', 3570)]),
    ).toMatchObject([{ podSeconds: [3600] }]);
  });
});

describe('a claim while kube-state-metrics is silent for twenty minutes', () => {
  const silent = { scrapedSeconds: 2400 };
  const ends = part('ends', claim, 1);

  it('was there when it was there on both sides', () => {
    expect(
      volumesOf([...seenFor(2400), ends, mountedBy('web-1', 2400)], silent),
    ).toMatchObject([
      { existedSeconds: 3600, gibSeconds: 360_000, podSeconds: [3600] },
    ]);
  });

  it.each([
    ['it is only seen on one side', seenFor(2400)],
    ['it came and went while it could be seen', [...seenFor(1200), ends]],
  ])('is not taken for there when %s', (_, answer) => {
    const [{ existedSeconds, gibSeconds }] = volumesOf(answer, silent);
    expect(gibSeconds).toBe(100 * (existedSeconds ?? 0));
    expect(existedSeconds).toBeLessThanOrEqual(2400);
  });

  it('was there as long as a pod that mounts it', () => {
    const heldSeconds = (_: string, pod: string) =>
      pod === 'web-1' ? 3000 : 3600;
    expect(
      volumesOf([...seenFor(2400), mountedBy('web-1', 2400)], {
        ...silent,
        heldSeconds,
      }),
    ).toMatchObject([{ existedSeconds: 3000, podSeconds: [3000] }]);
  });

  it('keeps a volume that no claim has', () => {
    const unclaimed = { persistentvolume: 'pv-9' };
    expect(
      volumesOf(
        [
          capacity('pv-9', 10),
          part('volume-class', { ...unclaimed, storageclass: 'gp3' }, 1),
          part('volume-unclaimed', unclaimed, 2400),
          part('volume-ends', unclaimed, 1),
        ],
        silent,
      ),
    ).toEqual([
      {
        hour: START.toISOString(),
        namespace: '',
        claim: 'pv-9',
        storageClass: 'gp3',
        gibSeconds: 36_000,
        pods: [],
      },
    ]);
  });
});
