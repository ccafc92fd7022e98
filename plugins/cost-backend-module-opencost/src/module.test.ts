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

type Headroom = {
  opencost?: { currency: string };
  clusters?: Array<{ name: string; opencost: { url: string } }>;
};

describe('costModuleOpenCost', () => {
  let backend: TestBackend | undefined;

  afterEach(async () => {
    await backend?.stop();
    backend = undefined;
  });

  async function start(headroom: Headroom = {}): Promise<AllocationSource[]> {
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
        mockServices.rootConfig.factory({ data: { headroom } }),
      ],
    });
    return added;
  }

  it('adds the source', async () => {
    expect((await start()).map(({ id }) => id)).toEqual(['opencost']);
  });

  it('refuses a currency that is none', async () => {
    await expect(start({ opencost: { currency: 'euro' } })).rejects.toThrow(
      /headroom.opencost.currency/,
    );
  });

  it('refuses an endpoint that is none, and says where it is', async () => {
    await expect(
      start({ clusters: [{ name: 'eu', opencost: { url: 'opencost:9003' } }] }),
    ).rejects.toThrow(
      "headroom.clusters[0].opencost.url 'opencost:9003': must start with http:// or https://",
    );
  });
});
