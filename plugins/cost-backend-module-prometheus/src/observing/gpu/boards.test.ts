import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { exporter, observe, part, used } from './__testUtils__/observeBoards';
import { GpuKnowledge } from './GpuKnowledge';

function tenantsOf(answer: PrometheusSeries[], knowledge?: GpuKnowledge) {
  return observe(answer, { knowledge }).devices.map(({ tenants }) =>
    tenants.map(({ namespace, pod }) => `${namespace}/${pod}`),
  );
}

describe('Who holds a board', () => {
  const board = { UUID: 'GPU-1', Hostname: 'node-1' };
  const idle = { ...exporter, UUID: 'GPU-2', Hostname: 'node-2' };
  const plain = { namespace: 'monitoring', pod: 'metrics-1', container: 'm' };

  it('is not the exporter in a job that renames labels (honorLabels: false)', () => {
    const held = {
      ...board,
      ...plain,
      exported_namespace: 'ml',
      exported_pod: 'train-0',
      exported_container: 'train',
    };
    const answer = [...used(held), ...used({ ...idle, ...plain })];
    expect(tenantsOf(answer)).toEqual([['ml/train-0'], []]);
  });

  it('is told where the target has no container of its own that could be renamed', () => {
    const { container: _, ...target } = plain;
    const held = {
      ...board,
      ...target,
      exported_namespace: 'ml',
      exported_pod: 'train-0',
      container: 'train',
    };
    const answer = [...used(held), ...used({ ...idle, ...target })];
    expect(tenantsOf(answer)).toEqual([['ml/train-0'], []]);
  });

  it('is not the exporter where labels are honoured and a board has none', () => {
    const held = { namespace: 'ml', pod: 'train-0', container: 'train' };
    const answer = [...used({ ...board, ...held }), ...used(idle)];
    expect(tenantsOf(answer)).toEqual([['ml/train-0'], []]);
  });

  it('is nobody who requests no device', () => {
    const answer = used({ ...board, ...plain });
    expect(tenantsOf(answer)).toEqual([['monitoring/metrics-1']]);
    expect(tenantsOf(answer, { requestsDevice: () => undefined })).toEqual([
      ['monitoring/metrics-1'],
    ]);
    expect(tenantsOf(answer, { requestsDevice: () => false })).toEqual([[]]);
    expect(tenantsOf(answer, { requestsDevice: () => true })).toEqual([
      ['monitoring/metrics-1'],
    ]);
  });

  it('is whoever has the claim, whatever the container requests', () => {
    const claimed = {
      ...board,
      ...plain,
      dra_claim_name: 'gpu',
      dra_claim_namespace: 'monitoring',
    };
    expect(tenantsOf(used(claimed), { requestsDevice: () => false })).toEqual([
      ['monitoring/metrics-1'],
    ]);
  });

  it('is read from labels of old, all three together', () => {
    const old = {
      ...board,
      ...exporter,
      pod_namespace: 'ml',
      pod_name: 'train-0',
      container_name: 'train',
    };
    expect(tenantsOf(used(old))).toEqual([['ml/train-0']]);
  });

  it('is averaged over a slot in which it changes hands', () => {
    const first = { ...board, namespace: 'ml', pod: 'a', container: 'c' };
    const second = { ...board, namespace: 'ml', pod: 'b', container: 'c' };
    const [steady] = [used(first, 0.9)];
    const handed = used(second, 0.4).map(series => ({
      ...series,
      samples: series.samples
        .slice(5, 6)
        .map(([at, value]): [number, number] => [
          at,
          series.labels.headroom_part === 'seen-engine' ? 4 : value,
        ]),
    }));
    const cut = steady.map(series => ({
      ...series,
      samples: series.samples.map(([at, value], slot): [number, number] => [
        at,
        slot === 5 && value === 10 ? 6 : value,
      ]),
    }));
    const [{ busyShare, tenants }] = observe([...cut, ...handed]).devices;
    expect(busyShare?.[5]).toBeCloseTo(0.7, 9);
    expect(tenants.map(({ heldSeconds }) => heldSeconds)).toEqual([3480, 120]);
  });
});

describe('The node of a board', () => {
  const nodeOfPod = (_: string | undefined, pod: string) =>
    ({ 'dcgm-exporter-a': 'node-1', 'dcgm-exporter-b': 'node-2' }[pod]);

  it('is that of the pod that Hostname names', () => {
    const answer = ['a', 'b'].flatMap(id =>
      used({ UUID: `GPU-${id}`, Hostname: `dcgm-exporter-${id}` }),
    );
    expect(
      observe(answer, { knowledge: { nodeOfPod } }).devices.map(
        ({ node, board }) => [node, board],
      ),
    ).toEqual([
      ['node-1', 'GPU-a'],
      ['node-2', 'GPU-b'],
    ]);
    const { devices, problems } = observe(answer);
    expect(devices).toEqual([]);
    expect(problems).toMatchObject([
      {
        code: 'gpu-without-node',
        message: expect.stringContaining(
          'GPU-a (reported by dcgm-exporter-a), GPU-b (reported by dcgm-exporter-b)',
        ),
      },
    ]);
  });

  it('is that of the pod that scrapes it, when every host has one name', () => {
    const answer = ['a', 'b'].flatMap(id =>
      used({
        gpu: '0',
        Hostname: 'localhost',
        namespace: 'gpu',
        pod: `dcgm-exporter-${id}`,
      }),
    );
    expect(
      observe(answer, { knowledge: { nodeOfPod } }).devices.map(
        ({ node, board }) => [node, board],
      ),
    ).toEqual([
      ['node-1', 'node-1 gpu 0'],
      ['node-2', 'node-2 gpu 0'],
    ]);
  });

  it('is found by the address that is scraped, and without the domain', () => {
    const labels = { UUID: 'GPU-1', Hostname: 'a-container' };
    const at = part('place', { ...labels, instance: '10.0.0.7:9400' }, 1);
    const nodeOfAddress = (address: string) =>
      address === '10.0.0.7' ? 'node-2' : undefined;
    expect(
      observe([...used(labels), at], { knowledge: { nodeOfAddress } }).devices,
    ).toMatchObject([{ node: 'node-2' }]);
    expect(
      observe(used({ UUID: 'GPU-1', Hostname: 'node-1.ec2.internal' })).devices,
    ).toMatchObject([{ node: 'node-1' }]);
  });
});

describe('A board that is cut', () => {
  const board = {
    UUID: 'GPU-1',
    gpu: '0',
    Hostname: 'node-1',
    modelName: 'NVIDIA A100-SXM4-80GB',
  };
  const instances = [
    { ...board, GPU_I_ID: '1', GPU_I_PROFILE: '3g.40gb' },
    { ...board, GPU_I_ID: '5', GPU_I_PROFILE: '1g.10gb' },
  ];
  const blank = { GPU_I_ID: '<<<NULL>>>', GPU_I_PROFILE: '<<<NULL>>>' };

  it.each([
    ['with a row of its own', used(board, 0)],
    ['whose row says NULL of the instance', used({ ...board, ...blank }, 0)],
    ['that has power only', []],
  ])('is its instances, not a device more: %s', (_, parent) => {
    const { devices, problems } = observe([
      ...parent,
      part('power', board, 210),
      ...instances.flatMap(labels => used(labels)),
    ]);
    expect(
      devices.map(({ instance, boardShare, powerWatts }) => ({
        instance,
        boardShare,
        powerWatts,
      })),
    ).toEqual([
      { instance: '1', boardShare: 0.5, powerWatts: 210 },
      { instance: '5', boardShare: expect.closeTo(1 / 7, 9), powerWatts: 210 },
    ]);
    expect(problems).toEqual([]);
  });

  it('has power for the time it was read', () => {
    const [power] = [part('power', board, 210)];
    const { devices } = observe([
      ...used(board),
      { ...power, samples: power.samples.slice(0, 4) },
    ]);
    expect(devices).toMatchObject([{ powerWatts: 210, poweredSeconds: 1200 }]);
  });

  it('is shared anew when it is cut anew', () => {
    const later = Array.from({ length: 7 }, (_, index) => ({
      ...board,
      GPU_I_ID: String(7 + index),
      GPU_I_PROFILE: '1g.10gb',
    }));
    const first = ['1', '2'].map(id => ({
      ...board,
      GPU_I_ID: id,
      GPU_I_PROFILE: '3g.40gb',
    }));
    const inHour = (from: number) => (series: PrometheusSeries) => ({
      ...series,
      samples: series.samples.map(([at, value]): [number, number] => [
        at + from * 3600,
        value,
      ]),
    });
    const { shares } = observe(
      [
        ...first.flatMap(labels => used(labels)).map(inHour(0)),
        ...later.flatMap(labels => used(labels)).map(inHour(1)),
      ],
      { hours: 2 },
    );
    expect(shares).toEqual([
      0.5,
      0.5,
      ...Array(7).fill(expect.closeTo(1 / 7, 9)),
    ]);
  });

  it('is itself again in the hours it has no instances', () => {
    expect(observe(used(board)).devices).toHaveLength(1);
  });

  it('is known by the names that drivers of old give instances', () => {
    const uuid = 'GPU-8b2281de-6d3c-22ed-0ec8-d3b864870b8b';
    const { devices } = observe([
      ...used({ ...board, UUID: uuid }),
      ...used({ ...board, UUID: `MIG-${uuid}/1/0`, GPU_I_PROFILE: '3g.40gb' }),
    ]);
    expect(devices).toMatchObject([{ board: uuid, instance: '1' }]);
  });

  it('is told apart from another board whose claims name instances by UUID', () => {
    const claimed = {
      ...board,
      UUID: 'GPU-2',
      dra_claim_name: 'c',
      dra_claim_namespace: 'ml',
      dra_mig_profile: '1g.10gb',
      dra_mig_device_uuid: 'MIG-2',
    };
    const { devices } = observe([...used(board), ...used(claimed)]);
    expect(devices).toMatchObject([
      { board: 'GPU-1', sharing: 'whole' },
      { board: 'GPU-2', sharing: 'mig', profile: '1g.10gb' },
    ]);
  });
});

describe('One board', () => {
  const uuid = 'GPU-8b2281de-6d3c-22ed-0ec8-d3b864870b8b';
  const labels = { UUID: uuid, gpu: '3', Hostname: 'node-1' };

  it.each([
    ['in other case', { ...labels, UUID: uuid.toUpperCase() }],
    ['without the prefix', { ...labels, UUID: uuid.slice('GPU-'.length) }],
    ['by its index', { gpu: '3', Hostname: 'node-1' }],
    ['by its index and the label node', { gpu: '3', node: 'node-1' }],
    ['as a client of it', { ...labels, UUID: `${uuid}::1` }],
  ])('is one board when another exporter names it %s', (_, other) => {
    const { devices } = observe([
      ...used(labels),
      ...used({ ...other, job: 'another' }),
    ]);
    expect(devices).toMatchObject([
      { board: uuid, busyShare: Array(12).fill(0.5) },
    ]);
  });

  it('has as many holders as clients', () => {
    const clients = ['0', '1'].flatMap(id =>
      used({
        ...labels,
        UUID: `${uuid}::${id}`,
        namespace: 'ml',
        pod: `web-${id}`,
        container: 'web',
      }),
    );
    const [device, ...more] = observe(clients).devices;
    expect(more).toEqual([]);
    expect(device.busyShare).toEqual(Array(12).fill(0.5));
    expect(device.tenants.map(({ heldSeconds }) => heldSeconds)).toEqual([
      3600, 3600,
    ]);
  });
});
