import { containerOf, kubernetesLabels, podOf } from './labels';

describe('containerOf', () => {
  const plain = { namespace: 'shop', pod: 'web-1', container: 'web' };

  it('reads plain labels', () => {
    expect(containerOf(plain)).toEqual(plain);
  });

  it('takes each label from where it was renamed to, if it was', () => {
    const renamed = {
      exported_namespace: 'shop',
      exported_pod: 'web-1',
      exported_container: 'web',
    };
    const target = { namespace: 'a', pod: 'b', container: 'c' };
    for (const label of ['namespace', 'pod', 'container'] as const) {
      const { [label]: own, ...others } = plain;
      const one = { [label]: 'target', [`exported_${label}`]: own, ...others };
      expect(containerOf(one)).toEqual(plain);
    }
    expect(containerOf({ ...target, ...renamed })).toEqual(plain);
    expect(podOf({ ...target, ...renamed })).toEqual({
      namespace: 'shop',
      pod: 'web-1',
    });
  });

  it('reads the names of old exporters', () => {
    expect(
      containerOf({
        pod_namespace: 'shop',
        pod_name: 'web-1',
        container_name: 'web',
      }),
    ).toEqual(plain);
  });
});

describe('kubernetesLabels', () => {
  it('keeps only labels of the object', () => {
    expect(
      kubernetesLabels({ pod: 'a', label_app: 'x', label_label_y: 'z' }),
    ).toEqual({ app: 'x', label_y: 'z' });
  });
});
