import { containerOf, kubernetesLabels, podOf } from './labels';

describe('containerOf', () => {
  const plain = { namespace: 'shop', pod: 'web-1', container: 'web' };

  it('reads plain labels', () => {
    expect(containerOf(plain)).toEqual(plain);
  });

  it('takes all three from the renamed set, never one from each', () => {
    const exporter = {
      namespace: 'gpu-operator',
      pod: 'dcgm-1',
      container: 'exporter',
    };
    expect(
      containerOf({
        ...exporter,
        exported_namespace: 'shop',
        exported_pod: 'web-1',
        exported_container: 'web',
      }),
    ).toEqual(plain);
    expect(
      containerOf({
        ...exporter,
        exported_namespace: 'shop',
        exported_pod: 'web-1',
      }),
    ).toBeUndefined();
    expect(
      podOf({ ...exporter, exported_namespace: 'shop', exported_pod: 'web-1' }),
    ).toEqual({ namespace: 'shop', pod: 'web-1' });
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
