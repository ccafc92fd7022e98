import type { GpuDeviceHour } from '@headroom/plugin-cost-common';
import { HOUR_MS } from '@headroom/common';
import { createWorld } from './createWorld';

const START = new Date('2026-01-05T00:00:00Z');
const day = (number: number) =>
  new Date(START.getTime() + number * 24 * HOUR_MS);
const world = createWorld({ seed: 1, start: START });
const usWest = world.cluster('us-west').observe(day(32), day(60));
const euCentral = world.cluster('eu-central').observe(day(32), day(60));

const by = (tenant: string, from = usWest) =>
  from.devices!.filter(device =>
    device.tenants.some(({ pod }) => pod.startsWith(tenant)),
  );
const busy = (devices: GpuDeviceHour[]) =>
  devices
    .flatMap(device => device.busyShare ?? [])
    .filter((share): share is number => share !== null)
    .sort((a, b) => a - b);
const median = (values: number[]) => values[Math.floor(values.length / 2)];
/** Shares of a device a workload is charged for. */
const sharesOf = (workload: string) =>
  new Set(
    usWest.containers
      .filter(each => each.workload === workload)
      .map(each => each.gpuRequestDeviceSeconds! / each.runSeconds),
  );
const instancesOf = (devices: GpuDeviceHour[]) =>
  new Map(devices.map(device => [device.profile, device.boardShare]));

describe('devices', () => {
  it('are those of the GPU nodes, each once an hour', () => {
    for (const { nodes, devices } of [usWest, euCentral]) {
      const boards = new Map<string, Set<string>>();
      const seen = new Set<string>();
      for (const { hour, node, board, instance } of devices!) {
        const key = `${hour}/${node}`;
        boards.set(key, (boards.get(key) ?? new Set()).add(board));
        seen.add(`${key}/${board}/${instance}`);
      }
      expect(seen.size).toBe(devices!.length);
      const wrong = nodes.filter(
        ({ hour, node, gpuDevices }) =>
          (boards.get(`${hour}/${node}`)?.size ?? 0) !== gpuDevices,
      );
      expect(wrong).toEqual([]);
    }
  });

  it('are as busy as the containers that hold them say', () => {
    for (const { containers, devices } of [usWest, euCentral]) {
      const sums = new Map<string, { devices: number; containers: number }>();
      const add = (
        key: string,
        of: 'devices' | 'containers',
        busyS: number,
      ) => {
        const sum = sums.get(key) ?? { devices: 0, containers: 0 };
        sum[of] += busyS;
        sums.set(key, sum);
      };
      const blind = new Set<string>();
      for (const device of devices!) {
        const key = `${device.hour}/${device.node}`;
        if (!device.tenantsKnown) {
          blind.add(key);
        }
        for (const share of device.busyShare ?? []) {
          add(key, 'devices', (share ?? 0) * 300 * device.boardShare);
        }
      }
      const whole = new Set(
        [...usWest.nodes, ...euCentral.nodes]
          .filter(node => node.upSeconds === 3600)
          .map(node => `${node.hour}/${node.node}`),
      );
      const holders = containers.filter(c => c.gpuRequestDeviceSeconds);
      for (const each of holders) {
        const key = `${each.hour}/${each.node}`;
        add(key, 'containers', each.gpuBusyDeviceSeconds ?? 0);
      }
      const unsaid = holders.filter(
        each =>
          (each.gpuBusyDeviceSeconds === undefined) !==
          blind.has(`${each.hour}/${each.node}`),
      );
      expect(unsaid).toEqual([]);
      const compared = [...sums].filter(([key]) => whole.has(key));
      expect(compared.length).toBeGreaterThan(500);
      const differ = compared.filter(
        ([, sum]) => Math.abs(sum.devices - sum.containers) > 5,
      );
      expect(differ).toEqual([]);
    }
  });

  it('are held by no more than they have to give', () => {
    for (const { devices } of [usWest, euCentral]) {
      const overdrawn = devices!.filter(({ tenants, busyShare = [] }) => {
        const held = tenants.reduce(
          (sum, tenant) => sum + tenant.heldSeconds * (tenant.share ?? 1),
          0,
        );
        return held > 3600.001 || busyShare.some(share => (share ?? 0) > 1);
      });
      expect(overdrawn).toEqual([]);
    }
  });
});

describe('a notebook and an inference server that waits', () => {
  it('compute nothing, and differ in the memory they hold', () => {
    const notebook = by('notebook');
    const captioner = by('image-captioner');
    expect(Math.max(...busy(notebook))).toBe(0);
    expect(median(busy(captioner))).toBeLessThan(0.01);
    const held = (devices: GpuDeviceHour[]) =>
      Math.min(
        ...devices
          .flatMap(device => device.memoryUsedBytes ?? [])
          .map(bytes => bytes ?? Infinity),
      ) /
      1024 ** 3;
    expect(held(notebook)).toBeLessThan(0.1);
    expect(held(captioner)).toBeGreaterThan(15);
  });
});

describe('a board that is sliced', () => {
  it('is one device with several tenants, each charged its share', () => {
    const devices = by('reranker');
    expect(devices.length).toBeGreaterThan(600);
    const like = new Set(
      devices.map(({ sharing, replicas, boardShare, tenants }) =>
        [sharing, replicas, boardShare, ...tenants.map(t => t.share)].join(' '),
      ),
    );
    expect([...like]).toEqual(['time-slicing 4 1 0.25 0.25 0.25']);
    expect(sharesOf('reranker')).toEqual(new Set([1 / 4]));
  });
});

describe('a board that is cut', () => {
  const boards = usWest.devices!.filter(({ sharing }) => sharing === 'mig');

  it('has instances of half, two sevenths and a seventh; the rest is stranded', () => {
    const shares = instancesOf(boards);
    expect([...shares.keys()].sort()).toEqual([
      '1g.10gb',
      '2g.20gb',
      '3g.40gb',
    ]);
    expect(shares.get('3g.40gb')).toBe(1 / 2);
    expect(shares.get('2g.20gb')).toBe(2 / 7);
    expect(shares.get('1g.10gb')).toBe(1 / 7);
  });

  it('is held by one pod an instance, charged for it', () => {
    expect(sharesOf('assistant-chat')).toEqual(new Set([1 / 2]));
    expect(by('assistant-chat').every(d => d.profile === '3g.40gb')).toBe(true);
  });
});

describe('devices that are used in part', () => {
  it('are two of the four that visual-search holds', () => {
    const perBoard = new Map<string, GpuDeviceHour[]>();
    for (const device of by('visual-search')) {
      const known = perBoard.get(device.board) ?? [];
      perBoard.set(device.board, [...known, device]);
    }
    const medians = [...perBoard.values()].map(each => median(busy(each)));
    expect(medians.filter(share => share > 0.1)).toHaveLength(2);
    expect(medians.filter(share => share === 0)).toHaveLength(2);
  });

  it('are busy in office hours only, for label-assist', () => {
    const shares = busy(by('label-assist'));
    expect(median(shares)).toBe(0);
    const used = shares.filter(share => share > 0.3).length / shares.length;
    expect(used).toBeGreaterThan(0.22);
    expect(used).toBeLessThan(0.3);
  });
});

describe('readings that cannot be true', () => {
  it('are counted, and not averaged in', () => {
    const faulty = usWest.devices!.filter(d => d.setAside.impossible);
    expect(faulty.length).toBeGreaterThan(20);
    for (const { readings, setAside } of faulty) {
      expect(readings + setAside.impossible!).toBeLessThanOrEqual(120);
    }
  });

  it('are of profiling counters that are silent on the T4s', () => {
    const devices = by('speech-to-text', euCentral);
    expect(devices.length).toBeGreaterThan(600);
    const like = new Set(
      devices.map(d => `${d.basis} ${d.setAside['profiling-silent']}`),
    );
    expect([...like]).toEqual(['utilisation 120']);
    expect(median(busy(devices))).toBeGreaterThan(0.95);
  });

  it('are latched on a device nobody holds, for three days', () => {
    const latched = euCentral.devices!.filter(d => d.setAside.latched);
    expect(latched).toHaveLength(72);
    for (const device of latched) {
      expect(device.tenants).toEqual([]);
      expect(device.tenantsKnown).toBe(true);
      expect(device.busyShare).toBeUndefined();
      expect(device.readings).toBe(0);
    }
  });

  it('say nothing of who held a device while labels were missing', () => {
    const nameless = usWest.devices!.filter(d => !d.tenantsKnown);
    expect(nameless.length).toBeGreaterThan(5);
    for (const device of nameless) {
      expect(device.tenants).toEqual([]);
      expect(device.setAside.unlabelled).toBeGreaterThan(0);
      expect(device.busyShare).toBeUndefined();
    }
  });
});
