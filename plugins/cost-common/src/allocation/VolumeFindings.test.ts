import { ProblemLog } from '@headroom/common';
import { VolumeHour } from '../observations/observations';
import { VolumePrice } from './types';
import { VolumeFindings } from './VolumeFindings';

const HOUR = '2026-01-10T11:00:00.000Z';

const volume = (storageClass?: string, region = 'eu-west-1'): VolumeHour => ({
  hour: HOUR,
  namespace: 'shop',
  claim: 'data',
  storageClass,
  region,
  capacityByteSeconds: 2 ** 40,
  pods: [],
});

const lastResort: VolumePrice = {
  gibHourPrice: '0.00005479452',
  kind: 'default',
};

function found(...volumes: Array<[VolumeHour, VolumePrice]>) {
  const findings = new VolumeFindings();
  volumes.forEach(each => findings.add(...each));
  const problems = ProblemLog.create({ hour: HOUR });
  findings.report(problems);
  return problems.toArray();
}

it('names the storage classes that are charged at the price of last resort', () => {
  const problems = found(
    [volume('rook-ceph'), lastResort],
    [volume('longhorn'), lastResort],
    [volume('longhorn'), lastResort],
  );
  expect(problems).toMatchObject([
    {
      code: 'default-storage-price',
      subject: 'storage classes',
      severity: 'warning',
      hour: HOUR,
      message:
        'No price is known of the storage classes longhorn, rook-ceph, so a GiB is charged the unit price of last resort, 0.04 a month. Add what you pay: headroom.prices.storageClasses: [{ storageClass: longhorn, gibHourPrice: … }].',
    },
  ]);
});

it('counts volumes without a storage class, which no class can price', () => {
  const [problem, ...others] = found(
    [volume(), lastResort],
    [volume(), lastResort],
  );
  expect(others).toEqual([]);
  expect(problem).toMatchObject({
    code: 'default-storage-price',
    severity: 'warning',
  });
  expect(problem.message).toContain('2 volumes have no storage class');
  expect(problem.message).toContain(
    'headroom.prices.unitPrices: { on-demand: { storageGibHour: … } }',
  );
});

it('says once that a list price is of another region', () => {
  const of = { gibHourPrice: '0.0001', kind: 'list' } as const;
  const elsewhere = { ...of, listedIn: 'us-east-1' };
  const problems = found(
    [volume('gp3'), elsewhere],
    [volume('gp2'), elsewhere],
    [volume('gp3', 'us-east-1'), of],
  );
  expect(problems).toMatchObject([
    { code: 'list-price-elsewhere', subject: 'storage', severity: 'info' },
  ]);
  expect(problems[0].message).toContain(
    'gp2, gp3 (eu-west-1 at the price of us-east-1)',
  );
  expect(problems[0].message).toContain(
    '{ storageClass: gp3, region: eu-west-1, gibHourPrice: … }',
  );
});

it.each(['config', 'source', 'list'] as const)(
  'has no word about a price that %s knows',
  kind => {
    expect(found([volume('gp3'), { gibHourPrice: '0.1', kind }])).toEqual([]);
  },
);
