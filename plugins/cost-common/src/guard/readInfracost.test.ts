import fc from 'fast-check';
import { decimalToMicros } from '@headroom/common';
import { policyOf } from './__testUtils__/guard';
import { judgeGuard } from './judgeGuard';
import { readInfracost } from './readInfracost';

const NOT_ASKED = { unknown: { message: 'no portal was asked.' } };

function fileOf(more: object = {}) {
  return {
    version: '0.2',
    currency: 'USD',
    projects: [
      {
        name: 'acme/prod',
        metadata: { path: '/code', type: 'terraform_dir' },
        pastBreakdown: {
          resources: [
            { name: 'aws_instance.web', monthlyCost: '371.32' },
            { name: 'aws_instance.old', monthlyCost: '10' },
          ],
        },
        breakdown: {
          resources: [
            { name: 'aws_instance.web', monthlyCost: '742.64' },
            { name: 'aws_db_instance.main', monthlyCost: '99.333333333333' },
          ],
        },
        summary: {},
      },
    ],
    totalMonthlyCost: '841.973333333333',
    pastTotalMonthlyCost: '381.32',
    diffTotalMonthlyCost: '460.653333333333',
    summary: {
      totalDetectedResources: 3,
      totalUnsupportedResources: 0,
      totalUsageBasedResources: 0,
      totalNoPriceResources: 0,
    },
    ...more,
  };
}

/** The first project with something else. */
function projectOf(more: object) {
  const file = fileOf();
  return { ...file, projects: [{ ...file.projects[0], ...more }] };
}

describe('readInfracost', () => {
  it('has what is paid before and after, and every resource', () => {
    const costs = readInfracost(fileOf());
    expect(costs).toMatchObject({
      currency: 'USD',
      before: { max: 381_320_000n },
      after: { max: 841_973_333n },
      difference: { min: 460_653_333n, max: 460_653_333n },
      differenceOpen: { above: false, below: false },
      unknownCount: 0,
    });
    expect(costs.rows.map(({ name, status }) => [name, status])).toEqual([
      ['aws_db_instance.main', 'added'],
      ['aws_instance.old', 'removed'],
      ['aws_instance.web', 'changed'],
    ]);
  });

  it.each([
    ['totalUnsupportedResources', 2],
    ['totalNoPriceResources', 3],
    ['totalUsageBasedResources', 1],
  ])('is at least that much with %s of %i', (key, count) => {
    const costs = readInfracost(fileOf({ summary: { [key]: count } }));
    expect(costs.unknownCount).toBe(count);
    expect(costs.differenceOpen).toEqual({ above: true, below: false });
    const rule = (increase: string) =>
      judgeGuard(costs, policyOf({ deny: { increase } }), NOT_ASKED).verdict;
    expect([rule('460'), rule('461')]).toEqual(['deny', 'unknown']);
  });

  it('takes the counts of projects where the file has none', () => {
    const file = projectOf({ summary: { totalUnsupportedResources: 4 } });
    expect(readInfracost({ ...file, summary: null }).unknownCount).toBe(4);
  });

  it('counts errors of a project', () => {
    const costs = readInfracost(
      projectOf({ metadata: { errors: [{ code: 1, message: 'no plan' }] } }),
    );
    expect(costs.unknownCount).toBe(1);
    expect(costs.unknown[0].said.message).toContain('no plan');
    expect(costs.differenceOpen.above).toBe(true);
  });

  it.each([
    [{ name: 'aws_s3_bucket.logs', monthlyCost: null }],
    [
      {
        name: 'aws_instance.x',
        monthlyCost: '0',
        costComponents: [{ name: 'Compute', priceNotFound: true }],
      },
    ],
    [
      {
        name: 'aws_instance.y',
        monthlyCost: '0',
        subresources: [
          {
            name: 'disk',
            costComponents: [{ name: 'IOPS', priceNotFound: true }],
          },
        ],
      },
    ],
  ])('does not know what %j costs', resource => {
    const file = projectOf({ breakdown: { resources: [resource] } });
    const costs = readInfracost(file);
    expect(costs.unknownCount).toBe(1);
    expect(costs.differenceOpen.above).toBe(true);
  });

  it.each([
    ['gone', [], true],
    ['changed', [{ name: 'aws_s3_bucket.logs', monthlyCost: '100' }], true],
    ['the same', [{ name: 'aws_s3_bucket.logs', monthlyCost: null }], false],
  ])(
    'knows how little the increase may be unless what is %s had no price',
    (_, resources, below) => {
      const costs = readInfracost({
        ...projectOf({
          pastBreakdown: {
            resources: [{ name: 'aws_s3_bucket.logs', monthlyCost: null }],
          },
          breakdown: { resources },
        }),
        totalMonthlyCost: '100',
        pastTotalMonthlyCost: '0',
        diffTotalMonthlyCost: '100',
      });
      expect(costs.differenceOpen.below).toBe(below);
      const policy = policyOf({ deny: { increase: '99' } });
      expect(judgeGuard(costs, policy, NOT_ASKED).verdict).toBe(
        below ? 'unknown' : 'deny',
      );
    },
  );

  it.each(['diffTotalMonthlyCost', 'pastTotalMonthlyCost', 'totalMonthlyCost'])(
    'never takes a %s of null for 0',
    field => {
      const costs = readInfracost(fileOf({ [field]: null }));
      const { verdict } = judgeGuard(
        costs,
        policyOf({ warn: { increase: '1' }, deny: { increase: '100000' } }),
        NOT_ASKED,
      );
      expect(verdict).not.toBe('ok');
      expect(costs.unknownCount).toBeGreaterThan(0);
      expect(costs.unknown.map(({ said }) => said.message)).toContain(
        `${field} is not known.`,
      );
      expect(costs.difference === undefined).toBe(field !== 'totalMonthlyCost');
    },
  );

  it('has a row for what no resource has', () => {
    const { rows } = readInfracost(
      fileOf({
        totalMonthlyCost: '850',
        diffTotalMonthlyCost: '468.68',
      }),
    );
    expect(rows[3].difference?.max).toBe(8_026_667n);
  });

  it.each([
    [[], 'must be'],
    ['no', 'must be an object'],
    [{}, 'totalMonthlyCost'],
    [fileOf({ totalMonthlyCost: 12 }), 'totalMonthlyCost'],
    [fileOf({ totalMonthlyCost: '1,000' }), 'totalMonthlyCost'],
    [fileOf({ currency: 'dollars' }), 'ISO 4217'],
    [fileOf({ projects: {} }), 'list of projects'],
    [fileOf({ summary: { totalUnsupportedResources: -1 } }), 'summary.total'],
  ])('refuses %j', (file, why) => {
    expect(() => readInfracost(file)).toThrow(why);
  });

  it('has a row for each of many of one name', () => {
    const resources = Array.from({ length: 20_000 }, () => ({
      name: 'aws_instance.web',
      monthlyCost: '1',
    }));
    const { rows } = readInfracost(
      projectOf({ pastBreakdown: null, breakdown: { resources } }),
    );
    expect(rows.filter(({ name }) => name === 'aws_instance.web')).toHaveLength(
      20_000,
    );
  });

  it.each([
    [
      'projects.0.breakdown.resources',
      projectOf({
        breakdown: { resources: Array(20_001).fill({ name: 'a' }) },
      }),
    ],
    ['projects', fileOf({ projects: Array(1001).fill({ name: 'a' }) })],
  ])('refuses more %s than anybody has', (field, file) => {
    expect(() => readInfracost(file)).toThrow(
      new RegExp(`^${field} of the Infracost JSON must have at most`),
    );
  });

  it('keeps the totals of any file to the micro', () => {
    const decimal = fc
      .tuple(fc.nat({ max: 10_000 }), fc.nat({ max: 999_999_999 }))
      .map(([whole, part]) => `${whole}.${String(part).padStart(9, '0')}`);
    const resources = fc
      .array(fc.option(decimal), { maxLength: 8 })
      .map(costs =>
        costs.map((monthlyCost, i) => ({ name: `r${i}`, monthlyCost })),
      );
    fc.assert(
      fc.property(
        resources,
        resources,
        decimal,
        decimal,
        (past, now, pastTotalMonthlyCost, totalMonthlyCost) => {
          const costs = readInfracost({
            ...projectOf({
              pastBreakdown: { resources: past },
              breakdown: { resources: now },
            }),
            pastTotalMonthlyCost,
            totalMonthlyCost,
          });
          expect(costs.before?.max).toBe(decimalToMicros(pastTotalMonthlyCost));
          expect(costs.after.max).toBe(decimalToMicros(totalMonthlyCost));
          const sum = costs.rows.reduce(
            (all, { difference }) => all + (difference?.max ?? 0n),
            0n,
          );
          expect(sum).toBe(costs.difference?.max);
          const isOpen = [...past, ...now].some(
            each => each.monthlyCost === null,
          );
          expect(costs.differenceOpen.above).toBe(isOpen);
        },
      ),
    );
  });
});
