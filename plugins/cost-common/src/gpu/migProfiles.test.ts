import fc from 'fast-check';
import { parseGpuModel } from './gpuModel';
import {
  boardShares,
  findMigBoard,
  migShare,
  parseMigProfile,
} from './migProfiles';

const A100_40 = 'NVIDIA-A100-SXM4-40GB';
const A100_80 = 'NVIDIA-A100-SXM4-80GB';

describe('parseMigProfile', () => {
  it.each([
    ['3g.40gb+me', '3g.40gb'],
    ['1g.24gb+me.all', '1g.24gb'],
    ['1g.24gb+gfx', '1g.24gb'],
    ['1g.24gb-me', '1g.24gb'],
    ['mig-1g.5gb.me', '1g.5gb'],
    ['nvidia.com/mig-1g.10gb', '1g.10gb'],
    ['nvidia_com_mig_2g_20gb', '2g.20gb'],
    ['1c.3g.20gb', '3g.20gb'],
    ['MIG 7g.141gb', '7g.141gb'],
  ])('reads %s as %s', (text, name) => {
    expect(parseMigProfile(text)?.name).toBe(name);
  });

  it.each(['', 'nvidia.com/gpu', '3g', '40gb', '0g.5gb', 'mig-11gg.5gb'])(
    'finds no profile in "%s"',
    text => {
      expect(parseMigProfile(text)).toBeUndefined();
    },
  );
});

describe('parseGpuModel', () => {
  it.each([
    ['NVIDIA-A100-SXM4-40GB', 'NVIDIA-A100-SXM4-40GB', undefined, false],
    ['NVIDIA-A10G-SHARED', 'NVIDIA-A10G', undefined, true],
    ['NVIDIA-A100-SXM4-40GB-MIG-1g.5gb', A100_40, '1g.5gb', false],
    ['NVIDIA-A100-SXM4-80GB-MIG-1g.10gb-SHARED', A100_80, '1g.10gb', true],
    [
      'NVIDIA-H100-80GB-HBM3-MIG-1g.10gb.me',
      'NVIDIA-H100-80GB-HBM3',
      '1g.10gb.me',
      false,
    ],
  ])('takes apart %s', (product, model, migProfile, shared) => {
    expect(parseGpuModel(product)).toEqual({
      model,
      ...(migProfile && { migProfile }),
      shared,
    });
  });
});

describe('the table', () => {
  it.each([
    [A100_40, 'A100 40 GB'],
    ['NVIDIA A100-PCIE-40GB', 'A100 40 GB'],
    ['NVIDIA-A100-SXM4-40GB-MIG-1g.5gb', 'A100 40 GB'],
    ['NVIDIA A100 80GB PCIe', 'A100 80 GB'],
    ['NVIDIA A800-SXM4-80GB', 'A100 80 GB'],
    ['NVIDIA H100 80GB HBM3', 'H100 80 GB'],
    ['NVIDIA-H100-80GB-HBM3', 'H100 80 GB'],
    ['NVIDIA H100 PCIe', 'H100 80 GB'],
    ['NVIDIA H100 NVL', 'H100 NVL 94 GB'],
    ['NVIDIA GH200 480GB', 'H100, GH200 96 GB'],
    ['NVIDIA GH200 144G HBM3e', 'GH200 144 GB'],
    ['NVIDIA H200', 'H200 141 GB'],
    ['NVIDIA H200 NVL', 'H200 141 GB'],
    ['NVIDIA B200', 'B200'],
    ['NVIDIA GB200', 'GB200'],
    ['NVIDIA B300 SXM6 AC', 'B300'],
    ['NVIDIA GB300', 'GB300'],
    ['NVIDIA A30', 'A30 24 GB'],
    ['NVIDIA RTX PRO 6000 Blackwell Server Edition', 'RTX PRO 6000 96 GB'],
  ])('knows %s', (model, name) => {
    expect(findMigBoard(model)?.name).toBe(name);
  });

  it.each(['NVIDIA L4', 'Tesla T4', 'NVIDIA A10G', 'NVIDIA A3000', undefined])(
    '%s has no MIG',
    model => {
      expect(findMigBoard(model)).toBeUndefined();
    },
  );

  it('tells boards of one name apart by memory, or by a profile seen on them', () => {
    expect(
      findMigBoard('NVIDIA H100', { memoryBytes: 95_830 * 2 ** 20 })?.name,
    ).toBe('H100 NVL 94 GB');
    expect(findMigBoard('NVIDIA H100', { profile: '3g.48gb' })?.name).toBe(
      'H100, GH200 96 GB',
    );
  });

  it.each([A100_40, A100_80, 'NVIDIA H200', 'NVIDIA A30'])(
    'has no profile of %s that fits less often than it says',
    model => {
      const profiles = findMigBoard(model)?.profiles ?? [];
      expect(profiles.length).toBeGreaterThanOrEqual(3);
      for (const { name, maxPerBoard } of profiles) {
        const { share } = migShare(model, name);
        expect(share * maxPerBoard).toBeLessThanOrEqual(1 + 1e-12);
      }
    },
  );
});

describe('migShare', () => {
  it('means another share by the same name on another board', () => {
    expect(migShare(A100_80, '1g.10gb')).toMatchObject({
      share: 1 / 7,
      memoryShare: 1 / 8,
      maxPerBoard: 7,
    });
    expect(migShare(A100_40, '1g.10gb')).toMatchObject({
      share: 2 / 8,
      memoryShare: 2 / 8,
      maxPerBoard: 4,
    });
    expect(migShare('NVIDIA H100 NVL', '1g.24gb').share).toBe(2 / 8);
    expect(migShare('NVIDIA RTX PRO 6000 Blackwell', '1g.24gb').share).toBe(
      1 / 4,
    );
    expect(migShare('NVIDIA GB200', '1g.24gb').share).toBe(1 / 7);
  });

  it.each([
    ['1g.5gb', 1 / 7],
    ['2g.10gb', 2 / 7],
    ['3g.20gb', 1 / 2],
    ['4g.20gb', 4 / 7],
    ['7g.40gb', 1],
  ])('%s of an A100 of 40 GB is %d', (profile, share) => {
    expect(migShare(A100_40, profile)).toMatchObject({ share });
    expect(migShare(A100_40, profile).problem).toBeUndefined();
  });

  it('says when board or profile are unknown, and goes by the sevenths', () => {
    expect(migShare('NVIDIA X900', '2g.33gb')).toMatchObject({
      share: 2 / 7,
      problem: { code: 'mig-board-unknown' },
    });
    expect(migShare(undefined, '3g.33gb')).toMatchObject({
      share: 1 / 2,
      problem: { code: 'mig-board-unknown' },
    });
    expect(migShare(A100_40, '2g.20gb')).toMatchObject({
      share: 1 / 2,
      problem: { code: 'mig-profile-unknown' },
    });
    expect(migShare(A100_40, 'big')).toMatchObject({
      share: 1,
      problem: { code: 'mig-profile-unreadable' },
    });
  });
});

describe('boardShares', () => {
  const of = (...profiles: string[]) =>
    boardShares(profiles.map(profile => migShare(A100_40, profile).share));

  it('strands what 3 × 2g leave over', () => {
    expect(of('2g.10gb', '2g.10gb', '2g.10gb').stranded).toBeCloseTo(1 / 7, 12);
  });

  it('strands nothing of 2 × 3g, nor of 7 × 1g', () => {
    expect(of('3g.20gb', '3g.20gb').stranded).toBe(0);
    expect(of(...Array(7).fill('1g.5gb')).stranded).toBe(0);
  });

  it('scales 3g + 4g, which are more than a board by the larger share, to one', () => {
    const { shares, stranded } = of('3g.20gb', '4g.20gb');
    expect(stranded).toBe(0);
    expect(shares[0] + shares[1]).toBeCloseTo(1, 12);
    expect(shares[1] / shares[0]).toBeCloseTo(8 / 7, 12);
  });

  it('always sums to one board', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), {
          maxLength: 14,
        }),
        given => {
          const { shares, stranded } = boardShares(given);
          expect(stranded).toBeGreaterThanOrEqual(0);
          expect(shares.reduce((a, b) => a + b, stranded)).toBeCloseTo(1, 9);
          shares.forEach((share, i) =>
            expect(share).toBeLessThanOrEqual(given[i] + 1e-9),
          );
        },
      ),
    );
  });
});
