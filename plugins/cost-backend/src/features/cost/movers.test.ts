import { GroupSums } from '../../database/MoneyStore';
import { moversOf } from './movers';
import { noSums } from '../../database/sums';

function spent(
  name: string,
  period: GroupSums['period'],
  cpu: bigint,
  kind: GroupSums['kind'] = 'normal',
): GroupSums {
  const sums = noSums();
  sums.cost.cpu = cpu;
  return {
    dimension: 'mover',
    period,
    compared: true,
    kind,
    values: [`component:default/${name}`],
    title: name,
    sums,
  };
}

describe('moversOf', () => {
  it('puts the largest change first, up or down', () => {
    const movers = moversOf([
      spent('up', 'previous', 100n),
      spent('up', 'current', 130n),
      spent('down', 'previous', 90n),
      spent('down', 'current', 40n),
      spent('same', 'previous', 70n),
      spent('same', 'current', 70n),
      spent('new', 'current', 20n),
      spent('gone', 'previous', 10n),
    ]);
    expect(movers.map(({ label, change }) => [label, change])).toEqual([
      ['down', '-50'],
      ['up', '30'],
      ['new', '20'],
      ['gone', '-10'],
    ]);
    expect(movers[0]).toMatchObject({ total: '40', previousTotal: '90' });
  });

  it('leaves out what is no service', () => {
    expect(
      moversOf([
        spent('idle', 'current', 5n, 'idle'),
        spent('nobody', 'current', 5n, 'unallocated'),
      ]),
    ).toEqual([]);
  });

  it('lists at most ten', () => {
    const many = Array.from({ length: 30 }, (_, i) =>
      spent(`s${i}`, 'current', BigInt(i + 1)),
    );
    expect(moversOf(many)).toHaveLength(10);
  });
});
