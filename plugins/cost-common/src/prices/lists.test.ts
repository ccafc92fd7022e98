import { NodeHour } from '../observations/observations';
import { builtInPriceBook } from './builtInPriceBook';
import { convertPriceBook } from './convertPriceBook';
import { createNodePricer } from './nodePricer';
import { priceBookSchema } from './priceBookSchema';

const GIB = 2 ** 30;

function node(change: Partial<NodeHour> = {}): NodeHour {
  return {
    hour: '2026-02-01T05:00:00.000Z',
    node: 'n1',
    instanceType: 'm5.2xlarge',
    region: 'us-east-1',
    capacityType: 'on-demand',
    cpuCores: 2,
    memoryBytes: 4 * GIB,
    gpuDevices: 0,
    upSeconds: 3600,
    ...change,
  };
}

const price = createNodePricer({ builtIn: builtInPriceBook });

function listed(instanceType: string, region: string, capacityType?: 'spot') {
  const found = price(
    node({ instanceType, region, ...(capacityType && { capacityType }) }),
  );
  return [found.origin.kind, Number(Number(found.hourlyPrice).toFixed(5))];
}

describe('list prices', () => {
  // Published prices of whole machines, which the list computes.
  it.each([
    // Two vCPUs are seen; 0.25, 0.5 and 1 are billed.
    ['e2-micro', 0.00838],
    ['e2-small', 0.01675],
    ['e2-medium', 0.03351],
    ['f1-micro', 0.0076],
    ['g1-small', 0.0257],
    ['e2-standard-4', 0.13402],
    ['e2-highmem-8', 0.3616],
    ['n1-standard-4', 0.19],
    ['n1-highcpu-16', 0.56679],
    ['n2-standard-8', 0.38847],
    ['n2-highmem-128', 7.70698],
    ['n2d-standard-224', 9.4631],
    ['c2d-highcpu-112', 4.19787],
    ['c3-standard-176', 8.87075],
    ['c3d-highcpu-90', 3.36141],
    ['c4-standard-4', 0.19767],
    ['c4-highmem-288', 18.76882],
    ['c4a-standard-16', 0.7184],
    ['c4d-standard-384', 18.14313],
    ['n4-standard-16', 0.7256],
    ['t2d-standard-60', 2.53476],
    ['a2-highgpu-8g', 29.38708],
    ['g2-standard-48', 4.00167],
  ])('GCP: %s is %s in Iowa', (type, hourly) => {
    expect(listed(type, 'us-central1')).toEqual(['list', hourly]);
  });

  it.each([
    ['e2-micro', 0.00921],
    ['n2-standard-8', 0.42734],
    ['c3-standard-8', 0.44398],
    ['c4d-highmem-16', 1.09689],
    ['n4d-highcpu-96', 3.77597],
  ])('GCP: %s is %s in Belgium', (type, hourly) => {
    expect(listed(type, 'europe-west1')).toEqual(['list', hourly]);
  });

  it.each([
    // 4 × 0.033174 + 8 × 0.004446
    ['n2-custom-4-8192', 0.16826],
    ['custom-4-8192', 0.16826],
    // 4 × 0.02289 + 8 × 0.003067
    ['e2-custom-4-8192', 0.1161],
    // 0.5 × 0.02289 + 2 × 0.003067
    ['e2-custom-small-2048', 0.01758],
  ])('GCP: %s made to measure is %s', (type, hourly) => {
    expect(listed(type, 'us-central1')).toEqual(['list', hourly]);
  });

  it('knows no price of memory beyond the usual', () => {
    expect(listed('n2-custom-4-81920-ext', 'us-central1')[0]).toBe('default');
  });

  it.each([
    ['Standard_D4s_v5', 'eastus', 0.192],
    ['Standard_D4s_v5', 'westeurope', 0.23],
    ['Standard_D16as_v5', 'eastus', 0.688],
    ['Standard_D8ads_v5', 'eastus', 0.412],
    ['Standard_E8s_v3', 'westeurope', 0.64],
    ['Standard_E96as_v5', 'eastus', 5.424],
    ['Standard_F8s_v2', 'eastus', 0.338],
    ['Standard_B4ms', 'eastus', 0.166],
    ['Standard_L8s_v3', 'eastus', 0.696],
    ['Standard_NC4as_T4_v3', 'eastus', 0.526],
    ['Standard_ND96isr_H100_v5', 'eastus', 98.32],
  ])('Azure: %s in %s is %s', (type, region, hourly) => {
    expect(listed(type, region)).toEqual(['list', hourly]);
  });

  it.each([
    ['c7g.2xlarge', 0.29],
    ['c7g.medium', 0.0363],
    ['m7g.16xlarge', 2.6112],
    ['r7g.large', 0.1071],
    ['t4g.nano', 0.0042],
    ['m7a.48xlarge', 11.12832],
    ['m7i-flex.large', 0.09576],
    ['c8g.24xlarge', 3.82848],
    ['i3en.3xlarge', 1.356],
    ['i4i.4xlarge', 1.373],
    ['g6e.xlarge', 1.861],
  ])('AWS: %s is %s', (type, hourly) => {
    expect(listed(type, 'us-east-1')).toEqual(['list', hourly]);
    expect(listed(type, 'us-west-2')).toEqual(['list', hourly]);
  });

  it('prices spot of all three representatively', () => {
    for (const [type, region, hourly] of [
      ['n2-standard-8', 'us-central1', 0.16316],
      ['Standard_D4s_v5', 'eastus', 0.0384],
      ['m7g.large', 'us-east-1', 0.03264],
    ] as const) {
      expect(listed(type, region, 'spot')).toEqual(['list', hourly]);
      expect(
        price(node({ instanceType: type, region, capacityType: 'spot' })),
      ).toMatchObject({ caveat: { kind: 'representative-spot' } });
    }
  });

  it('says when it takes the price of another region', () => {
    expect(
      price(node({ instanceType: 'n2-standard-4', region: 'asia-east1' })),
    ).toMatchObject({
      hourlyPrice: '0.194236',
      origin: {
        kind: 'default',
        description:
          'n2-standard-4, asia-east1, on-demand (list price of us-central1)',
      },
      caveat: { kind: 'other-region', region: 'us-central1' },
    });
    expect(
      price(node({ instanceType: 'e2-custom-2-4096', region: undefined }))
        .origin.description,
    ).toBe('e2-custom-2-4096, on-demand (list price of us-central1)');
    expect(
      price(
        node({
          instanceType: 't3.nano',
          region: 'eu-west-3',
          capacityType: 'spot',
        }),
      ).origin.description,
    ).toBe(
      't3.nano, eu-west-3, spot (list price of us-east-1, representative spot price)',
    );
  });
});

describe('prices of pods', () => {
  const fargate = node({
    node: 'fargate-ip-10-0-1-2.ec2.internal',
    instanceType: undefined,
  });

  it('knows Fargate, also by the name of its nodes alone', () => {
    expect(price(fargate)).toMatchObject({
      hourlyPrice: '0',
      origin: {
        kind: 'list',
        podPlatform: 'eks-fargate',
        description: 'pods of eks-fargate, us-east-1, on-demand',
      },
      pods: {
        platform: 'eks-fargate',
        cpuCoreHour: '0.04048',
        memoryGibHour: '0.004445',
      },
    });
    expect(price({ ...fargate, billing: 'node' }).pods).toBeUndefined();
  });

  it('takes configuration before the list, and discounts off the list only', () => {
    const config = priceBookSchema.parse({
      pods: [
        {
          platform: 'eks-fargate',
          region: 'us-east-1',
          cpuCoreHour: 0.03,
          memoryGibHour: 0.003,
        },
      ],
    });
    const configured = createNodePricer(
      { config, builtIn: builtInPriceBook },
      { discounts: [{ share: '0.1' }] },
    );
    expect(configured(fargate)).toMatchObject({
      origin: { kind: 'config' },
      pods: { cpuCoreHour: '0.03' },
    });
    expect(
      configured({ ...fargate, region: 'eu-central-1' }).pods,
    ).toMatchObject({
      cpuCoreHour: '0.041904000000',
      memoryGibHour: '0.004599000000',
    });
  });

  it('assumes the price of another region and says so', () => {
    expect(price({ ...fargate, region: 'eu-west-1' })).toMatchObject({
      origin: {
        kind: 'default',
        description:
          'pods of eks-fargate, eu-west-1, on-demand (list price of us-east-1)',
      },
      caveat: { kind: 'other-region', region: 'us-east-1' },
    });
  });

  it('has no price for a platform it does not know', () => {
    expect(
      price(node({ billing: 'pods', podPlatform: 'virtual-kubelet' })),
    ).toMatchObject({
      hourlyPrice: '0',
      origin: { kind: 'unpriced' },
      pods: { platform: 'virtual-kubelet' },
    });
  });

  it('prices a node as a machine whose type configuration has a price for', () => {
    const configured = createNodePricer({
      config: {
        nodes: [
          {
            instanceType: 'virtual-kubelet',
            capacityType: 'on-demand',
            hourlyPrice: '0.5',
          },
        ],
      },
      builtIn: builtInPriceBook,
    });
    expect(
      configured(
        node({
          billing: 'pods',
          podPlatform: 'virtual-kubelet',
          instanceType: 'virtual-kubelet',
        }),
      ),
    ).toMatchObject({ hourlyPrice: '0.5', origin: { kind: 'config' } });
  });

  it('are converted with the book', () => {
    const euro = convertPriceBook(builtInPriceBook, 'EUR', '0.5');
    expect(euro.pods?.[0].cpuCoreHour).toBe('0.020240000000');
    expect(euro.custom?.[0].memoryGibHour).toBe('0.002223000000');
  });
});
