import { ProblemLog } from '@headroom/common';
import { CapacityReservation, NodeHour } from '../observations/observations';
import { PriceFindings } from './PriceFindings';
import { NodePrice, PriceOrigin } from './types';

const HOUR = '2026-01-10T11:00:00.000Z';

const node = (
  instanceType: string,
  reservation?: CapacityReservation,
): NodeHour => ({
  hour: HOUR,
  node: instanceType,
  instanceType,
  capacityType: 'on-demand',
  reservation,
  cpuCores: 8,
  memoryBytes: 2 ** 35,
  gpuDevices: 0,
  upSeconds: 3600,
});

const price = (kind: PriceOrigin['kind'] = 'list'): NodePrice => ({
  hourlyPrice: '0.384',
  weights: { cpuCore: '0.03', memoryGib: '0.004', gpuDevice: '1' },
  origin: { kind, description: '' },
});

function found(...nodes: Array<[NodeHour, NodePrice]>) {
  const findings = new PriceFindings();
  nodes.forEach(each => findings.add(...each));
  const problems = ProblemLog.create({ hour: HOUR });
  findings.report(problems);
  return problems.toArray();
}

describe('nodes in capacity that was reserved', () => {
  it('are priced on demand, which is what a reservation costs', () => {
    const problems = found(
      [node('m5.large', 'on-demand'), price()],
      [node('c5.large', 'on-demand'), price()],
      [node('r5.large'), price()],
    );
    expect(problems).toMatchObject([
      { code: 'capacity-reservation', severity: 'info' },
    ]);
    expect(problems[0].message).toContain('or not: c5.large, m5.large.');
    expect(problems[0].message).toContain('headroom.prices.nodes');
  });

  it('are not paid on demand in a Capacity Block', () => {
    const problems = found([node('p5.48xlarge', 'block'), price()]);
    expect(problems).toMatchObject([
      { code: 'capacity-block-price', severity: 'warning' },
    ]);
    expect(problems[0].message).toContain('p5.48xlarge');
    expect(problems[0].message).toContain('headroom.prices.nodes');
  });

  it.each(['config', 'source'] as const)(
    'need no word where the price is one that %s knows',
    kind => {
      expect(found([node('p5.48xlarge', 'block'), price(kind)])).toEqual([]);
      expect(found([node('m5.large', 'on-demand'), price(kind)])).toEqual([]);
    },
  );
});

describe('what is billed beside a machine', () => {
  it.each([
    [
      'windows-price',
      't3.2xlarge',
      { operatingSystem: 'windows' },
      'region: …, os: windows, hourlyPrice: …',
    ],
    [
      'auto-mode-fee',
      'm5.large',
      { managedBy: 'eks-auto-mode' },
      'region: …, autoMode: true, hourlyPrice: …',
    ],
    [
      'local-zone-price',
      'm5.large',
      { zone: 'us-east-1-lax-1a' },
      'region: …, hourlyPrice: …',
    ],
  ] as const)(
    'is said by %s unless the price is given',
    (code, type, change, line) => {
      const given = { ...node(type), ...change };
      const [problem, ...others] = found([given, price()]);
      expect(others).toEqual([]);
      expect(problem).toMatchObject({ code, severity: 'warning' });
      expect(problem.message).toContain(
        `headroom.prices.nodes: [{ instanceType: …, ${line} }]`,
      );
      expect(found([given, price('config')])).toEqual([]);
    },
  );

  it('is nothing for a usual zone, nor for a licence that is in', () => {
    const usual = { ...node('m5.large'), zone: 'us-east-1a' };
    expect(found([{ ...usual, operatingSystem: 'windows' }, price()])).toEqual(
      [],
    );
  });
});

it('says once that attached GPUs have the list price of another region', () => {
  const elsewhere = { ...price(), devicesListedIn: 'us-central1' };
  const n1 = (name: string): NodeHour => ({
    ...node('n1-standard-8'),
    node: name,
    region: 'europe-west1',
    gpuModel: 'Tesla-T4',
    gpuDevices: 1,
  });
  const problems = found([n1('a'), elsewhere], [n1('b'), elsewhere]);
  expect(problems).toMatchObject([
    { code: 'list-price-elsewhere', subject: 'GPUs', severity: 'info' },
  ]);
  expect(problems[0].message).toContain(
    'Tesla-T4 (europe-west1 at the price of us-central1)',
  );
  expect(problems[0].message).toContain('headroom.prices.gpus');
});

describe('one configured price', () => {
  const own = price('config');
  const windows = { operatingSystem: 'windows' } as const;
  const autoMode = { managedBy: 'eks-auto-mode' } as const;

  it.each([
    ['one-price-of-systems', windows, 'os: windows'],
    ['one-price-of-auto-mode', autoMode, 'autoMode: true'],
  ])('for machines that cost different amounts is %s', (code, change, key) => {
    const [plain, other] = [
      node('m5.large'),
      { ...node('m5.large'), ...change },
    ];
    expect(found([plain, own], [node('c5.large'), own])).toEqual([]);
    expect(found([other, own])).toEqual([]);
    expect(found([plain, own], [other, { ...own, hourlyPrice: '1' }])).toEqual(
      [],
    );
    const problems = found([plain, own], [other, own]);
    expect(problems).toMatchObject([{ code, severity: 'warning' }]);
    expect(problems[0].message).toContain(': m5.large.');
    expect(problems[0].message).toContain(key);
  });
});
