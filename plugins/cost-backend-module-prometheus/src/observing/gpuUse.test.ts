import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { HourWindow } from '../reading/HourWindow';
import { Problems } from '../reading/Problems';
import { GpuUse } from './gpuUse';

const start = new Date('2026-03-02T10:00:00Z');
const end = new Date('2026-03-02T11:00:00Z');
const window = HourWindow.create(start, end);
const intervals = new Map([['dcgm', 30]]);
const web = { namespace: 'ml', pod: 'web-1', container: 'web' };
const other = { namespace: 'ml', pod: 'web-2', container: 'web' };

function series(
  part: string,
  value: number,
  labels: Record<string, string> = {},
): PrometheusSeries {
  return {
    labels: {
      headroom_part: part,
      job: 'dcgm',
      UUID: 'GPU-1',
      ...web,
      ...labels,
    },
    samples: [[end.getTime() / 1000, value]],
  };
}

function busy(
  answer: PrometheusSeries[],
  reserved = 3600,
  identity: typeof web = web,
) {
  const problems = Problems.create();
  const use = GpuUse.read(window, intervals, answer, problems);
  const seconds = use.busyDeviceSeconds(identity, 0, reserved, problems);
  return { seconds, codes: problems.list().map(({ code }) => code) };
}

describe('GpuUse', () => {
  it('prefers SM activity to engine activity to utilisation', () => {
    const sm = [series('mean-sm', 0.2), series('seen-sm', 120)];
    const engine = [series('mean-engine', 0.5), series('seen-engine', 120)];
    const util = [series('mean-util', 80), series('seen-util', 120)];
    expect(busy([...util, ...engine, ...sm]).seconds).toBe(720);
    expect(busy([...util, ...engine]).seconds).toBe(1800);
    expect(busy(util).seconds).toBe(2880);
  });

  it('reads the workload from the renamed labels', () => {
    const exporter = {
      namespace: 'gpu-operator',
      pod: 'dcgm-1',
      container: 'exporter',
      exported_namespace: 'ml',
      exported_pod: 'web-1',
      exported_container: 'web',
    };
    expect(
      busy([
        series('mean-util', 50, exporter),
        series('seen-util', 120, exporter),
      ]).seconds,
    ).toBe(1800);
  });

  it('takes a ratio for percent when any reading of it is above 1', () => {
    const readings = [
      series('mean-util_ratio', 0.9),
      series('seen-util_ratio', 120),
    ];
    expect(busy(readings).seconds).toBeCloseTo(3240, 9);
    expect(
      busy([...readings, series('range-util_ratio', 97)]).seconds,
    ).toBeCloseTo(32.4, 9);
  });

  it('does not believe profiling counters that read 0 while kernels run', () => {
    const readings = [
      series('mean-engine', 0),
      series('seen-engine', 120),
      series('mean-util', 99),
      series('seen-util', 120),
    ];
    expect(busy(readings)).toEqual({
      seconds: 3564,
      codes: ['gpu-profiling-silent'],
    });
  });

  it('counts impossible readings as a problem', () => {
    expect(
      busy([
        series('mean-util', 50),
        series('seen-util', 120),
        series('bad-util', 3),
      ]),
    ).toEqual({ seconds: 1800, codes: ['gpu-reading-impossible'] });
  });

  it('gives each of those that share a device its part of the one value', () => {
    const shared = [
      series('mean-util', 100),
      series('seen-util', 120),
      series('mean-util', 100, other),
      series('seen-util', 120, other),
    ];
    expect(busy(shared, 1800).seconds).toBe(1800);
    expect(busy(shared, 1800, other).seconds).toBe(1800);
  });

  it('adds devices up, and does not know when too few are reported', () => {
    const second = { UUID: 'GPU-2' };
    const both = [
      series('mean-util', 100),
      series('seen-util', 120),
      series('mean-util', 50, second),
      series('seen-util', 120, second),
    ];
    expect(busy(both, 7200).seconds).toBe(5400);
    expect(busy(both.slice(0, 2), 7200).seconds).toBeUndefined();
    expect(busy([], 3600).seconds).toBeUndefined();
  });

  it('counts a device once that two jobs report', () => {
    const twice = { job: 'dcgm-service' };
    expect(
      busy([
        series('mean-util', 50),
        series('seen-util', 120),
        series('mean-util', 50, twice),
        series('seen-util', 120, twice),
      ]).seconds,
    ).toBe(1800);
  });
});
