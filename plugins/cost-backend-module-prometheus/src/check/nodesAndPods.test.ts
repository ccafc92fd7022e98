import { part, series } from '../__testUtils__/fakeAnswers';
import { expectWhole, short, told, toldEach } from '../__testUtils__/findings';
import { checkGpus as checkGpusInWords } from './gpus';
import { checkHistory as checkHistoryInWords } from './history';
import {
  checkLinkLabels as checkLinkLabelsInWords,
  checkPodLabels as checkPodLabelsInWords,
} from './labels';
import {
  checkNodeLabels as checkNodeLabelsInWords,
  checkPlatforms as checkPlatformsInWords,
  kindsOf,
  readNodes,
} from './nodes';
import { DAYS_AGO, podLabelsQuery } from './questions';

const checkHistory = told(checkHistoryInWords);
const checkPodLabels = told(checkPodLabelsInWords);
const checkGpus = toldEach(checkGpusInWords);
const checkLinkLabels = toldEach(checkLinkLabelsInWords);
const checkNodeLabels = toldEach(checkNodeLabelsInWords);
const checkPlatforms = toldEach(checkPlatformsInWords);

describe('labels of pods', () => {
  const example = (labels: Record<string, string>) => part('example', labels);

  it.each([
    [[part('pods', {}, 9)], 'missing'],
    [[part('labels', {}, 9), example({ pod: 'a' })], 'missing'],
    [[example({ label_team: 'a' })], 'note'],
    [[example({ label_app: 'a' }), part('app', {}, 4)], 'right'],
  ])('%j are %s', (answer, severity) => {
    const finding = checkPodLabels(answer);
    expect(finding.severity).toBe(severity);
    expectWhole([finding]);
  });

  it('that are missing are mended by the allow-list', () => {
    expect(checkPodLabels([]).mend).toEqual({
      where: 'Arguments of kube-state-metrics',
      line: '--metric-labels-allowlist=pods=[*],nodes=[*]',
    });
  });
});

describe('nodes', () => {
  const info = ['a', 'b', 'c'].map(node => series({ node }));
  const labels = (node: string, more: Record<string, string>) =>
    series({ node, ...more });
  const type = { label_node_kubernetes_io_instance_type: 'm5.large' };

  it('are of kinds, with what they have', () => {
    const nodes = readNodes(
      info,
      [
        labels('a', { ...type, label_topology_kubernetes_io_zone: 'z1' }),
        labels('b', { ...type, label_topology_kubernetes_io_zone: 'z2' }),
      ],
      ['a', 'b', 'c'].flatMap(node => [
        series({ node, resource: 'cpu' }, 2),
        series({ node, resource: 'memory' }, 8),
        series({ node, resource: 'nvidia_com_gpu' }, 1),
      ]),
      { region: 'us-west-2' },
    );
    const kinds = kindsOf(nodes.values(), new Date('2026-03-02T10:20:00Z'));
    expect(kinds.map(({ count }) => count)).toEqual([2, 1]);
    expect(kinds[0].node).toMatchObject({
      hour: '2026-03-02T10:00:00.000Z',
      instanceType: 'm5.large',
      region: 'us-west-2',
      capacityType: 'on-demand',
      cpuCores: 2,
      memoryBytes: 8,
      gpuDevices: 1,
    });
    const [finding] = checkNodeLabels(nodes);
    expect(finding).toMatchObject({ severity: 'missing' });
    expect(finding.sentence).toContain('of 1 node of 3, e.g. c');
    expectWhole([finding]);
  });

  it('have the boards that their capacity, labels and instance type say', () => {
    const nodes = readNodes(
      [],
      ['g5.12xlarge', 'g5.2xlarge', 'm5.large'].map(each =>
        labels(each, { label_node_kubernetes_io_instance_type: each }),
      ),
      [
        series({ node: 'g5.2xlarge', resource: 'nvidia_com_gpu' }, 1),
        series({ node: 'g5.2xlarge', resource: 'volcano_sh_vgpu_number' }, 10),
      ],
      {},
    );
    expect(
      [...nodes.values()].map(({ gpuDevices, gpuModel }) => [
        gpuDevices,
        gpuModel,
      ]),
    ).toEqual([
      [4, 'NVIDIA A10G'],
      [1, 'NVIDIA A10G'],
      [0, undefined],
    ]);
  });

  it('may be no machines, by what labels, names or configuration say', () => {
    const nodes = readNodes(
      [series({ node: 'fargate-ip-10-0-0-1' })],
      [
        labels('a', { label_type: 'virtual-kubelet' }),
        labels('b', { label_acme: 'yes' }),
        labels('c', type),
      ],
      [],
      { rules: { billedByPods: [{ label: 'acme', platform: 'acme-pods' }] } },
    );
    const [finding] = checkPlatforms(nodes);
    expect(finding.sentence).toBe(
      'Some nodes are no machines: 1 node of virtual-kubelet, 1 node of acme-pods and 1 node of eks-fargate.',
    );
    expectWhole([finding]);
    expect(checkPlatforms(new Map())).toEqual([]);
  });

  it('are right when all say what they are, and nothing is said of none', () => {
    const nodes = readNodes([], [labels('a', type)], [], {});
    expect(short(checkNodeLabels(nodes))).toEqual(['right node-labels']);
    expect(checkNodeLabels(new Map())).toEqual([]);
  });
});

describe('GPUs', () => {
  const devices = part('devices', {}, 8);
  const reads = (name: string) => part('readings', { __name__: name }, 8);

  it.each([
    [[], ['right gpus']],
    [[devices], ['missing gpus']],
    [[devices, reads('DCGM_FI_PROF_SM_ACTIVE')], ['right gpus']],
    [[devices, reads('DCGM_FI_DEV_GPU_UTIL')], ['note gpus']],
    [
      [
        devices,
        reads('DCGM_FI_PROF_SM_ACTIVE'),
        part('holders', { pod: 'nvidia-dcgm-exporter-x7' }),
      ],
      ['right gpus', 'note gpu-holders'],
    ],
    [
      [
        devices,
        reads('DCGM_FI_PROF_SM_ACTIVE'),
        part('holders', { pod: 'dcgm-exporter-x7', exported_pod: 'train' }),
      ],
      ['right gpus'],
    ],
  ])('%j', (answer, expected) => {
    const found = checkGpus(answer);
    expect(short(found)).toEqual(expected);
    expectWhole(found);
  });
});

describe('labels that configured links name', () => {
  const example = part('example', { label_app: 'x' });
  const wanted = ['team', 'acme.io/appName'];

  it('are right where pods show them, and not said where there are none', () => {
    const found = checkLinkLabels(
      [example, part('wanted-0', {}, 3), part('wanted-1', {}, 1)],
      wanted,
    );
    expect(short(found)).toEqual(['right link-labels']);
    expect(found[0].sentence).toContain(
      'team of 3 pods and acme.io/appName of 1 pod.',
    );
    expect(checkLinkLabels([example], [])).toEqual([]);
    // That there are no labels at all is said by another finding.
    expect(checkLinkLabels([], wanted)).toEqual([]);
  });

  it('are missing where none shows one, with the argument that allows it', () => {
    const found = checkLinkLabels([example, part('wanted-0', {}, 3)], wanted);
    expect(short(found)).toEqual(['missing link-labels']);
    expect(found[0].sentence).toContain('label acme.io/appName that');
    expect(found[0].mend?.line).toBe(
      '--metric-labels-allowlist=pods=[acme.io/appName]',
    );
    expectWhole(found);
  });

  it('are asked for as either kube-state-metrics writes them', () => {
    const query = podLabelsQuery(
      ({ matchers }) => JSON.stringify(matchers.map(({ label }) => label)),
      wanted,
    );
    expect(query).toContain(
      'count(["label_acme_io_appName"] or ["label_acme_io_app_name"]), "headroom_part", "wanted-1"',
    );
    expect(query).toContain(
      'count(["label_team"]), "headroom_part", "wanted-0"',
    );
  });
});

describe('history', () => {
  it.each([
    [[], 'missing', /less than a day/],
    [[1, 7], 'missing', /7 days, less than 14/],
    [[1, 7, 14], 'note', /14 days, less than 30/],
    [[1, 7, 14, 30], 'right', /30 days, less than 90/],
    [[1, 7, 14, 30, 90], 'right', /90 days and more/],
  ])('of %j days is %s', (days, severity, sentence) => {
    const finding = checkHistory(
      days.map(ago => part(String(ago), {}, 3)),
      DAYS_AGO,
    );
    expect(finding.severity).toBe(severity);
    expect(finding.sentence).toMatch(sentence);
    expectWhole([finding]);
  });
});
