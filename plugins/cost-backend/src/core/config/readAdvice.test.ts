import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import { readAdvice } from './readAdvice';

const read = (advice: JsonObject) =>
  readAdvice(new ConfigReader({ headroom: { cost: { advice } } }));

describe('readAdvice', () => {
  it('has defaults for everything', () => {
    expect(readAdvice(new ConfigReader({}))).toMatchObject({
      policy: {
        lookBackDays: 28,
        minimumDays: 14,
        minimumCoverage: 0.9,
        cpuLimit: 'none',
        memoryLimitRatio: 1,
        floors: { cpuCores: 0.01, memoryBytes: 32 * 2 ** 20 },
        noise: { ratio: 0.05, microsPerMonth: 1_000_000n },
      },
      appetite: {
        default: 'standard',
        lifecycles: { experimental: 'dev', production: 'standard' },
        rules: [],
      },
      maximumAgeMs: 3_600_000,
    });
  });

  it('reads what an operator wants', () => {
    const { policy, appetite, maximumAgeMs, inventory } = readAdvice(
      new ConfigReader({
        headroom: {
          cost: {
            advice: {
              lookBack: { days: 42 },
              minimumDays: 21,
              cpuLimit: { timesRequest: 2 },
              memoryLimitRatio: 1.5,
              keepGuaranteed: false,
              floors: { cpu: '25m', memory: '64Mi' },
              noise: { percent: 10, perMonth: '2.50' },
              frequency: '2h',
              appetite: {
                default: 'critical',
                lifecycles: { production: 'critical' },
                rules: [{ namespace: 'ci-*', appetite: 'dev' }],
              },
            },
            inventory: { frequency: { minutes: 3 } },
          },
        },
      }),
    );
    expect(policy).toEqual({
      lookBackDays: 42,
      minimumDays: 21,
      minimumCoverage: 0.9,
      cpuLimit: { timesRequest: 2 },
      memoryLimitRatio: 1.5,
      keepGuaranteed: false,
      floors: { cpuCores: 0.025, memoryBytes: 64 * 2 ** 20 },
      noise: { ratio: 0.1, microsPerMonth: 2_500_000n },
    });
    expect(appetite).toEqual({
      default: 'critical',
      lifecycles: {
        experimental: 'dev',
        production: 'critical',
        deprecated: 'standard',
      },
      rules: [{ namespace: 'ci-*', appetite: 'dev' }],
    });
    expect(maximumAgeMs).toBe(7_200_000);
    expect(inventory.frequency).toEqual({ minutes: 3 });
  });

  it.each([
    [{ lookBack: { days: 7 } }, /lookBack comes to 7 days; .* at least/],
    [{ lookBack: { days: 91 } }, /at most 90/],
    [{ lookBack: { hours: 340 } }, /must be whole days/],
    [{ minimumDays: 0 }, /minimumDays is 0; it must be a whole number of days/],
    [{ minimumCoverage: 1.1 }, /minimumCoverage is 1.1; it must be at most 1/],
    [{ cpuLimit: 'twice' }, /cpuLimit is "twice"; it must be 'none' or/],
    [{ keepGuaranteed: 'no' }, /keepGuaranteed is 'no'; .* true or false/],
    [
      { memoryLimitRatio: 0.9 },
      /memoryLimitRatio is 0.9; it must be at least 1/,
    ],
    [{ floors: { cpu: 'ten' } }, /floors.cpu is 'ten'; it must be a quantity/],
    [{ floors: { memory: '0' } }, /floors.memory is '0'/],
    [
      { noise: { perMonth: '-1' } },
      /noise.perMonth is "-1"; it must be an amount/,
    ],
    [
      { appetite: { default: 'bold' } },
      /appetite.default is 'bold'; it must be one of dev, standard, critical/,
    ],
    [
      { appetite: { lifecycles: { production: 'x' } } },
      /lifecycles.production is 'x'/,
    ],
    [
      { appetite: { rules: [{ appetite: 'dev' }] } },
      /appetite.rules\[0\] names no cluster, namespace, workload or label/,
    ],
  ])('refuses %j', (advice, message) => {
    expect(() => read(advice as JsonObject)).toThrow(message);
  });
});
