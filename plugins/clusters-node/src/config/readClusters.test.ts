import { ConfigReader } from '@backstage/config';
import { z } from 'zod';
import { ClusterSection } from './ClusterSection';
import { readClusters } from './readClusters';

const demo = ClusterSection.endpoint('demo');
const opencost = ClusterSection.endpoint('opencost');

function read(...clusters: object[]) {
  return readClusters(new ConfigReader({ headroom: { clusters } } as never), {
    sections: [demo, opencost],
  });
}

const url = 'https://prometheus.example.com/prometheus';

describe('readClusters', () => {
  it('answers with nothing when nothing is configured', () => {
    expect(readClusters(new ConfigReader({}))).toEqual([]);
  });

  it('fills in defaults', () => {
    expect(read({ name: 'us-west', prometheus: { url } })).toEqual([
      {
        name: 'us-west',
        title: 'us-west',
        labels: {},
        prometheus: {
          url,
          auth: { type: 'none' },
          headers: {},
          timeoutMs: 30_000,
          matchers: {},
        },
      },
    ]);
  });

  it('reads everything that can be written', () => {
    const auth = { type: 'basic', username: 'headroom', password: 'p:w' };
    const [cluster] = read({
      name: 'eu',
      title: 'EU',
      region: 'eu-central-1',
      labels: { stage: 'prod' },
      prometheus: {
        url,
        auth,
        headers: { 'X-Scope-OrgID': 'a|b' },
        timeoutSeconds: 5,
        maxResponseMebibytes: 64,
        matchers: { cluster: 'eu' },
      },
    });
    expect(cluster).toMatchObject({
      title: 'EU',
      region: 'eu-central-1',
      labels: { stage: 'prod' },
      prometheus: {
        auth,
        headers: { 'X-Scope-OrgID': 'a|b' },
        timeoutMs: 5000,
        maxResponseBytes: 67_108_864,
        matchers: { cluster: 'eu' },
      },
    });
  });

  it.each([
    [{ name: '' }, /clusters\[0\]\.name '': .*e\.g\. us-west/],
    [{ name: '..' }, /must have a letter or digit/],
    [{ name: 'a'.repeat(254) }, /clusters\[0\]\.name .*at most 253/],
    [{ name: ' eu' }, /must not begin or end with a blank/],
    [{ name: 'eu\nus' }, /must not contain line breaks/],
    [{ name: 'e\u202eu' }, /control characters/],
    [{ name: 'prod-*' }, /must not contain \*, which stands for any text/],
    [{ name: 'eu,us' }, /must not contain a comma/],
    [{}, /clusters\[0\]\.name: /],
    [
      { name: 'a', prometheus: { url: `${url}/` } },
      /clusters\[0\]\.prometheus\.url '.*': must not end with a slash/,
    ],
    [{ name: 'a', demo: { url: 'ftp://x' } }, /demo\.url 'ftp:.*http/],
    [{ name: 'a', demo: { url: 'prometheus' } }, /must be an absolute URL/],
    [{ name: 'a', demo: { url: `${url}?a=b` } }, /query or a fragment/],
    [
      { name: 'a', prometheus: { url, timeoutSeconds: 0 } },
      /between 1 and 600/,
    ],
    [
      { name: 'a', prometheus: { url, maxResponseMebibytes: 4096 } },
      /maxResponseMebibytes 4096: must be between 1 and 512/,
    ],
    [
      { name: 'a', prometheus: { url, matchers: { '': 'c' } } },
      /must be a Prometheus label name/,
    ],
    [
      { name: 'a', prometheus: { url, matchers: { __name__: 'c' } } },
      /must be a label that all series of the cluster have/,
    ],
    [
      { name: 'a', promeheus: { url } },
      /clusters\[0\]\.promeheus: is not known; prometheus is probably meant/,
    ],
    [{ name: 'a', openCost: { url } }, /openCost: .* opencost is probably/],
    [{ name: 'a', lables: { stage: 'prod' } }, /lables: .* labels is probably/],
    [
      { name: 'a', zone: 'b' },
      /clusters\[0\]\.zone: is not known; a cluster has name, .*, demo, opencost here/,
    ],
    [{ name: 'a', demo: { url, retries: 3 } }, /\[0\]\.demo: .*retries/],
    [
      { name: 'a', kubernetes: { url, token: 't', act: { token: 't' } } },
      /kubernetes\.act\.token: must be the token of another account/,
    ],
  ])('refuses %j', (cluster, message) => {
    expect(() => read(cluster)).toThrow(message);
  });

  it('lets a cluster have several sources', () => {
    const [cluster] = read({
      name: 'a',
      prometheus: { url },
      opencost: { url: `${url}/model`, timeoutSeconds: 5 },
    });
    expect(cluster.prometheus).toMatchObject({ url });
    expect(opencost.of(cluster)).toEqual({
      url: `${url}/model`,
      auth: { type: 'none' },
      headers: {},
      timeoutMs: 5000,
    });
    expect(demo.of(cluster)).toBeUndefined();
  });

  it('leaves sections of modules that are not installed alone', () => {
    const [cluster] = read({ name: 'a', aks: { id: 1 }, karpenter: {} });
    expect(cluster.sections).toEqual({ aks: { id: 1 }, karpenter: {} });
  });

  it('reads a section by the schema of its module, and quotes no secret of it', () => {
    const eks = ClusterSection.create({
      key: 'eks',
      schema: z
        .strictObject({
          arn: z.string().startsWith('arn:', 'must be an ARN'),
          externalSecret: z.string().max(3, 'must be short').optional(),
        })
        .transform(({ arn }) => arn),
    });
    const config = (section: object) =>
      new ConfigReader({
        headroom: { clusters: [{ name: 'a', eks: section }] },
      } as never);
    const bad = config({ arn: 'x', externalSecret: 'hunter2' });
    const message =
      "Invalid configuration: headroom.clusters[0].eks.arn 'x': must be an ARN; headroom.clusters[0].eks.externalSecret: must be short";
    expect(() => readClusters(bad, { sections: [eks] })).toThrow(message);
    expect(() => eks.of(readClusters(bad)[0])).toThrow(
      message.replaceAll('[0]', '[a]'),
    );
    const [cluster] = readClusters(config({ arn: 'arn:1' }));
    expect(eks.of(cluster)).toBe('arn:1');
    expect(eks.of({ ...cluster, sections: {} })).toBeUndefined();
  });

  it('refuses a name that is taken', () => {
    expect(() => read({ name: 'a' }, { name: 'b' }, { name: 'a' })).toThrow(
      "headroom.clusters[2].name 'a' is already the name of headroom.clusters[0]",
    );
  });

  it.each([
    'us-west',
    'gke_shop-prod_europe-west1-b_Prod',
    'arn:aws:eks:eu-central-1:123456789012:cluster/prod',
    'api.shop.example.com:6443',
    'kubernetes-admin@prod',
    'Prod (EU) #1',
    'Düsseldorf',
    '日本',
    "it's 100 %",
    '__proto__',
  ])('takes the name %s as it is', name => {
    expect(read({ name, prometheus: { url } })[0]).toMatchObject({
      name,
      title: name,
    });
  });

  it('refuses names that differ by case alone', () => {
    expect(() => read({ name: 'Prod' }, { name: 'prod' })).toThrow(
      "headroom.clusters[1].name 'prod' looks like 'Prod', the name of headroom.clusters[0]; names must differ by more than upper and lower case",
    );
  });

  it('takes label names of Prometheus 3', () => {
    const matchers = { 'k8s.cluster.name': 'eu' };
    expect(
      read({ name: 'a', prometheus: { url, matchers } })[0].prometheus,
    ).toMatchObject({ matchers });
  });

  it.each([
    { url: 'https://user:hunter2@prometheus.example.com' },
    { url: 'user:hunter2@prometheus.example.com:9090' },
    { url: 'https://user:hunter2@prometheus.example.com:port' },
    { url: `${url}?token=hunter2` },
    { url: `${url}#hunter2` },
    { url: `${url};token=hunter2/` },
    { url: 'prometheus?token=hunter2' },
    { url, auth: { type: 'bearer', token: 'hunter2\nX: y' } },
    { url, auth: { type: 'digest', token: 'hunter2' } },
    { url, headers: { 'bad name': 'hunter2' } },
    { url, headers: { 'X-Api-Key': 'hunter2\r\n' } },
  ])('names no secret when it refuses %j', section => {
    for (const key of ['prometheus', 'kubernetes', 'demo', 'opencost']) {
      let message = '';
      try {
        read({ name: 'a', [key]: section });
      } catch (error) {
        message = String(error);
      }
      expect(message).toContain(`headroom.clusters[0].${key}`);
      expect(message).not.toContain('hunter2');
    }
  });

  it('names no secret of a URL that a section has under a key of its own', () => {
    const proxied = ClusterSection.create({
      key: 'gateway',
      schema: z.strictObject({ via: z.url({ error: 'must be a URL' }) }),
    });
    expect(() =>
      readClusters(
        new ConfigReader({
          headroom: {
            clusters: [
              { name: 'a', gateway: { via: '//u:hunter2@h?t=hunter2' } },
            ],
          },
        }),
        { sections: [proxied] },
      ),
    ).toThrow("gateway.via '//***@h?…': must be a URL");
  });
});
