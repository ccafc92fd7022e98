import { startTestBackend } from '@backstage/backend-test-utils';
import { costSourcesExtensionPoint } from '@headroom/plugin-cost-node';
import costModulePrometheus from '.';
import { clusterOf } from './__testUtils__/fakePrometheus';

describe('costModulePrometheus', () => {
  it('adds its sources to the cost back end', async () => {
    const sources = {
      addUsageSource: jest.fn(),
      addAllocationSource: jest.fn(),
      addPriceSource: jest.fn(),
      addUnitMetricSource: jest.fn(),
    };
    await startTestBackend({
      extensionPoints: [[costSourcesExtensionPoint, sources]],
      features: [costModulePrometheus],
    });
    const [[usage]] = sources.addUsageSource.mock.calls;
    const [[units]] = sources.addUnitMetricSource.mock.calls;
    const elsewhere = { name: 'a', title: 'a', labels: {} };
    for (const source of [usage, units]) {
      expect(source.id).toBe('prometheus');
      expect(source.supports(clusterOf())).toBe(true);
      expect(source.supports(elsewhere)).toBe(false);
    }
  });
});
