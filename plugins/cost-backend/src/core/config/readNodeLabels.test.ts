import { ConfigReader } from '@backstage/config';
import { readNodeLabels } from './readNodeLabels';

function read(nodeLabels: unknown) {
  return readNodeLabels(
    new ConfigReader({ headroom: { cost: { nodeLabels } } } as never),
  );
}

describe('readNodeLabels', () => {
  it('reads labels, values and who bills pods', () => {
    const rules = {
      instanceType: ['acme.io/machine'],
      spot: [{ label: 'acme.io/lifecycle', value: 'spot' }, { label: 'cheap' }],
      billedByPods: [{ label: 'acme.io/serverless', platform: 'acme' }],
    };
    expect(read(rules)).toEqual(rules);
    expect(read(undefined)).toEqual({});
  });

  it.each([
    [
      { instancetype: ['a'] },
      'headroom.cost.nodeLabels has the key instancetype, which nothing reads; remove it or correct its name',
    ],
    [{ region: [''] }, 'headroom.cost.nodeLabels.region[0] must not be empty'],
    [
      { spot: [{ label: '' }] },
      'headroom.cost.nodeLabels.spot[0].label must not be empty',
    ],
    [
      { billedByPods: [{ label: 'a' }] },
      /^headroom.cost.nodeLabels.billedByPods\[0\].platform is missing; it must be text$/,
    ],
  ])('refuses %j', (value, message) => {
    expect(() => read(value)).toThrow(message);
  });
});
