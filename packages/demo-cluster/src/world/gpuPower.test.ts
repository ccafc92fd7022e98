import { GpuJudge, GpuVerdictCode } from '@headroom/plugin-cost-common';
import { HOUR_MS } from '@headroom/common';
import { createWorld } from './createWorld';

const START = new Date('2026-01-05T00:00:00Z');
const day = (number: number) =>
  new Date(START.getTime() + number * 24 * HOUR_MS);
const world = createWorld({ seed: 1, start: START });
const devices = ['us-west', 'eu-central'].flatMap(
  name => world.cluster(name).observe(day(46), day(60)).devices!,
);

describe('power', () => {
  it('is that of a board: the same for all of its instances', () => {
    const boards = new Map<string, Set<number | undefined>>();
    for (const { hour, board, powerWatts, busyShare } of devices) {
      if (busyShare) {
        const key = `${hour} ${board}`;
        boards.set(key, (boards.get(key) ?? new Set()).add(powerWatts));
      }
    }
    expect([...boards.values()].filter(({ size }) => size !== 1)).toEqual([]);
  });

  it('is known for the time a device was read, and between idle and full', () => {
    const H100 = devices.filter(({ model }) => model?.includes('H100'));
    const read = H100.filter(({ powerWatts }) => powerWatts !== undefined);
    expect(read.length).toBeGreaterThan(0.9 * H100.length);
    for (const { powerWatts, poweredSeconds, busyShare } of read) {
      expect(powerWatts).toBeGreaterThanOrEqual(72);
      expect(powerWatts).toBeLessThanOrEqual(690);
      expect(poweredSeconds).toBe(
        300 * busyShare!.filter(share => share !== null).length,
      );
    }
  });

  it('contradicts no device in what it says of itself', () => {
    const judges = new Map<string, GpuJudge>();
    for (const device of devices) {
      const { board, instance, model, memoryBytes } = device;
      const key = `${board} ${instance ?? ''}`;
      let judge = judges.get(key);
      if (!judge) {
        const isInstance = instance !== undefined;
        judge = GpuJudge.create({ model, memoryBytes, isInstance });
        judges.set(key, judge);
      }
      judge.add({
        at: Date.parse(device.hour),
        held: device.tenants.length > 0 ? 1 : 0,
        busyShare: device.busyShare,
        memoryBytes: device.memoryUsedBytes,
        powerWatts: device.powerWatts,
      });
    }
    const codes = [...judges.values()].map(judge => judge.result().verdictCode);
    const contradicted: GpuVerdictCode[] = [
      'power-says-busy',
      'power-says-unused',
      'latched',
    ];
    expect(codes.filter(code => contradicted.includes(code))).toEqual([]);
    expect(codes).toContain('computes');
    expect(codes).toContain('computes-nothing');
  });
});
