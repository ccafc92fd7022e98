import {
  mockServices,
  startTestBackend,
  TestBackend,
} from '@backstage/backend-test-utils';
import {
  AllocationSource,
  costSourcesExtensionPoint,
} from '@headroom/plugin-cost-node';
import costModuleOpenCost from '.';

describe('costModuleOpenCost', () => {
  let backend: TestBackend | undefined;

  afterEach(async () => {
    await backend?.stop();
    backend = undefined;
  });

  async function start(currency?: string): Promise<AllocationSource[]> {
    const added: AllocationSource[] = [];
    backend = await startTestBackend({
      extensionPoints: [
        [
          costSourcesExtensionPoint,
          {
            addUsageSource: jest.fn(),
            addAllocationSource: source => added.push(source),
            addPriceSource: jest.fn(),
            addUnitMetricSource: jest.fn(),
          },
        ],
      ],
      features: [
        costModuleOpenCost,
        mockServices.rootConfig.factory({
          data: currency ? { headroom: { opencost: { currency } } } : {},
        }),
      ],
    });
    return added;
  }

  it('adds the source', async () => {
    expect((await start()).map(({ id }) => id)).toEqual(['opencost']);
  });

  it('refuses a currency that is none', async () => {
    await expect(start('euro')).rejects.toThrow(/headroom.opencost.currency/);
  });
});
