import {
  CheckFinding,
  KUBERNETES_CHECK_SENTENCES,
  PART_SENTENCES,
  wordBy,
} from '@headroom/common';
import { KubeConfig } from '@kubernetes/client-node';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { readInventory } from '../readInventory';
import { checkKubernetes, withoutKubernetes } from './checkKubernetes';
import { LISTED_KINDS, pathOf } from './listed';

let server: Server;
let asked: string[];
let reply: (
  path: string,
  query: URLSearchParams,
) => { status?: number; body?: unknown };

const empty = { body: { metadata: {}, items: [] } };
const VPAS = '/apis/autoscaling.k8s.io/v1/verticalpodautoscalers';

beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url!, 'http://x');
    asked.push(request.url!);
    const { status = 200, body } = reply(pathname, searchParams);
    response.statusCode = status;
    response.end(
      JSON.stringify(body ?? { kind: 'Status', message: 'hunter2' }),
    );
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function kubeConfig(token?: string): KubeConfig {
  const { port } = server.address() as AddressInfo;
  const config = new KubeConfig();
  config.loadFromOptions({
    clusters: [
      { name: 'us', server: `http://127.0.0.1:${port}`, skipTLSVerify: true },
    ],
    users: [{ name: 'us', token }],
    contexts: [{ name: 'us', cluster: 'us', user: 'us' }],
    currentContext: 'us',
  });
  return config;
}

const NOW = new Date('2026-03-02T00:00:00Z');
const CATALOGUES = {
  parts: PART_SENTENCES,
  kubernetesCheck: KUBERNETES_CHECK_SENTENCES,
};

async function check(
  config = kubeConfig('secret'),
  podLabels?: string[],
): Promise<CheckFinding[]> {
  const findings: CheckFinding[] = [];
  for await (const step of checkKubernetes(config, {
    signal: new AbortController().signal,
    timeoutMs: 2000,
    now: () => NOW,
    podLabels,
  })) {
    if (step.kind === 'finding') {
      findings.push(step.finding);
    }
  }
  for (const finding of findings) {
    const text = JSON.stringify(finding);
    expect(text).not.toMatch(/hunter2|127\.0\.0\.1|secret/);
    expect(finding.sentence).toMatch(/\.$/);
    // A page knows every sentence, and all that fills it.
    for (const words of Object.values(finding.wording ?? {})) {
      expect(wordBy(CATALOGUES, words, key => key)).toBe(words.key);
    }
    expect(finding.wording?.sentence).toBeDefined();
  }
  return findings;
}

describe('checkKubernetes', () => {
  it('knows every kind that the inventory lists', async () => {
    reply = () => empty;
    await readInventory(kubeConfig('secret'), {
      signal: new AbortController().signal,
    });
    const lists = asked.map(url => url.split('?')[0]);
    expect(LISTED_KINDS.map(pathOf).sort()).toEqual([...new Set(lists)].sort());
  });

  it('asks for one object of each kind', async () => {
    reply = () => empty;
    const findings = await check();
    expect(findings).toEqual([
      expect.objectContaining({ id: 'kubernetes-lists', severity: 'right' }),
    ]);
    expect(asked).toHaveLength(LISTED_KINDS.length);
    expect(asked.every(url => url.endsWith('?limit=1'))).toBe(true);
  });

  it.each<[string, Record<string, number | object>, string, RegExp]>([
    ['all', {}, 'right', /pods with the labels team and acme.io\/appName that/],
    ['one', { team: empty.body }, 'missing', /no pod with the label team that/],
    ['no key', { team: 400 }, 'missing', /no pod with the label team that/],
    [
      'some and an error',
      { team: 500, 'acme.io/appName': empty.body },
      'missing',
      /the label acme.io\/appName that/,
    ],
    [
      'an error',
      { team: 500, 'acme.io/appName': 500 },
      'note',
      /did not say whether any pod has the labels team and/,
    ],
  ])(
    'looks for pods with the labels that links need: %s',
    async (_, answers, severity, sentence) => {
      reply = (path, query) => {
        const key = query.get('labelSelector');
        if (path !== '/api/v1/pods' || key === null) {
          return empty;
        }
        const answer = answers[key] ?? { items: [{}] };
        return typeof answer === 'number'
          ? { status: answer }
          : { body: answer };
      };
      const findings = await check(kubeConfig('secret'), [
        'team',
        'acme.io/appName',
      ]);
      expect(findings[1]).toMatchObject({
        id: 'kubernetes-link-labels',
        severity,
        sentence: expect.stringMatching(sentence),
      });
    },
  );

  it('looks for no labels where pods may not be listed', async () => {
    reply = path => (path === '/api/v1/pods' ? { status: 403 } : empty);
    const findings = await check(kubeConfig('secret'), ['team']);
    expect(findings.map(({ id }) => id)).toEqual([
      'kubernetes-lists',
      'kubernetes-pods',
    ]);
    expect(asked.some(url => url.includes('labelSelector'))).toBe(false);
  });

  it('takes kinds that are not installed for as good', async () => {
    reply = path => (path === VPAS ? { status: 404 } : empty);
    const [{ severity, sentence }, ...more] = await check();
    expect(more).toEqual([]);
    expect(severity).toBe('right');
    expect(sentence).toContain('Not installed, which is as good: vertical');
  });

  it('says what may not be listed, what it costs and the rules that mend it', async () => {
    reply = path =>
      /limitranges|resourcequotas|nodes|deployments/.test(path)
        ? { status: 403 }
        : empty;
    const findings = await check();
    expect(findings.map(({ id }) => id)).toEqual([
      'kubernetes-lists',
      'kubernetes-deployments',
      'kubernetes-nodes',
      'kubernetes-limitranges',
    ]);
    expect(findings[1]).toMatchObject({
      severity: 'missing',
      sentence:
        "The configured credentials don't allow listing deployments of cluster us (HTTP 403).",
      mend: {
        line: "- apiGroups: ['apps']\n  resources: [deployments]\n  verbs: [list]",
      },
    });
    expect(findings[3].mend?.line).toContain('[limitranges, resourcequotas]');
  });

  it.each([
    ['401', { status: 401 }, 'secret', /refused the configured credentials/],
    ['401 without a token', { status: 401 }, undefined, /none are configured/],
    ['403 without a token', { status: 403 }, undefined, /none are configured/],
    ['a redirect', { status: 302 }, 'secret', /page for signing in/],
    ['something else', { body: { hello: 1 } }, 'secret', /no API server/],
  ])(
    'ends at the first answer when it is %s',
    async (_, answer, token, text) => {
      reply = () => answer;
      const findings = await check(kubeConfig(token));
      expect(findings).toHaveLength(1);
      expect(findings[0]).toMatchObject({
        id: 'kubernetes-access',
        severity: 'missing',
      });
      expect(findings[0].sentence).toMatch(text);
      expect(asked).toHaveLength(1);
    },
  );

  it('says when nothing says how to reach it', () => {
    expect(withoutKubernetes('us')).toMatchObject({
      severity: 'missing',
      mend: { line: expect.stringMatching(/^kubernetes: \{ url: /) },
    });
  });

  it.each([
    ['2026-03-01T12:00:00Z', 'missing', /ended at 2026-03-01 12:00 UTC/],
    ['2026-03-10T12:00:00Z', 'note', /ends at 2026-03-10 12:00 UTC/],
    ['2027-03-10T12:00:00Z', undefined, /^$/],
  ])('says of a token that it ends, %s', async (end, severity, text) => {
    reply = () => empty;
    const exp = Date.parse(end) / 1000;
    const payload = Buffer.from(JSON.stringify({ exp })).toString('base64url');
    const [, token] = await check(kubeConfig(`a.${payload}.secret`));
    expect(token?.severity).toBe(severity);
    expect(token?.sentence ?? '').toMatch(text);
  });

  it('takes other tokens as they are', async () => {
    reply = () => empty;
    for (const token of ['a.b.c', 'a', `a.${'eyJ'.repeat(9)}.c`]) {
      expect(await check(kubeConfig(token))).toHaveLength(1);
    }
  });
});
