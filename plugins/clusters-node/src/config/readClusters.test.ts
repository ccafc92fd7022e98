import { ConfigReader } from '@backstage/config';
import { readClusters } from './readClusters';

function read(...clusters: object[]) {
  return readClusters(new ConfigReader({ headroom: { clusters } } as never));
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
    [{ name: 'US_West' }, /clusters\[0\]\.name 'US_West': .*e\.g\. us-west/],
    [{ name: 'a'.repeat(64) }, /clusters\[0\]\.name .*1 to 63/],
    [{}, /clusters\[0\]\.name: /],
    [
      { name: 'a', prometheus: { url: `${url}/` } },
      /clusters\[0\]\.prometheus\.url '.*': must not end with a slash/,
    ],
    [{ name: 'a', demo: { url: 'ftp://x' } }, /demo\.url 'ftp:.*http/],
    [{ name: 'a', demo: { url: 'prometheus' } }, /must be an absolute URL/],
    [{ name: 'a', demo: { url: `${url}?a=b` } }, /query or a fragment/],
    [
      { name: 'a', prometheus: { url }, opencost: { url } },
      /'a' has prometheus and opencost; .* keep one/,
    ],
    [
      { name: 'a', prometheus: { url, timeoutSeconds: 0 } },
      /between 1 and 600/,
    ],
    [
      { name: 'a', prometheus: { url, maxResponseMebibytes: 4096 } },
      /maxResponseMebibytes 4096: must be between 1 and 512/,
    ],
    [
      { name: 'a', prometheus: { url, matchers: { 'a-b': 'c' } } },
      /must be a Prometheus label name/,
    ],
    [{ name: 'a', promeheus: { url } }, /promeheus/],
  ])('refuses %j', (cluster, message) => {
    expect(() => read(cluster)).toThrow(message);
  });

  it('refuses a name that is taken', () => {
    expect(() => read({ name: 'a' }, { name: 'b' }, { name: 'a' })).toThrow(
      "headroom.clusters[2].name 'a' is already the name of headroom.clusters[0]",
    );
  });

  it.each([
    { url: 'https://user:hunter2@prometheus.example.com' },
    { url, auth: { type: 'bearer', token: 'hunter2\nX: y' } },
    { url, auth: { type: 'digest', token: 'hunter2' } },
    { url, headers: { 'bad name': 'hunter2' } },
    { url, headers: { 'X-Api-Key': 'hunter2\r\n' } },
  ])('names no secret when it refuses %j', prometheus => {
    let message = '';
    try {
      read({ name: 'a', prometheus });
    } catch (error) {
      message = String(error);
    }
    expect(message).toContain('headroom.clusters[0].prometheus');
    expect(message).not.toContain('hunter2');
  });
});
