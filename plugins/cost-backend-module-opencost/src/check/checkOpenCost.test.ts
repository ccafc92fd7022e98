import { mockServices } from '@backstage/backend-test-utils';
import { CheckFinding, HOUR_MS } from '@headroom/common';
import { inEnglish } from '@headroom/plugin-cost-common/testUtils';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { answer, container, idle, node } from '../__testUtils__/answers';
import { checkOpenCost } from './checkOpenCost';

let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

const NOW = new Date('2026-03-02T14:30:00Z');
const END = Date.parse('2026-03-02T14:00:00Z');
const SPAN = { start: END - 2 * HOUR_MS, end: END };
const HOURS = [0, 1].map(at => ({
  start: SPAN.start + at * HOUR_MS,
  end: SPAN.start + (at + 1) * HOUR_MS,
}));
type Says = Record<'coarse' | 'fine' | 'told' | 'assets' | 'info', unknown>;

const SOUND: Says = {
  coarse: answer(
    HOURS.map(span => ({
      eu: container(span, { properties: { namespace: undefined } }),
      __idle__: idle(span),
    })),
  ),
  fine: answer(HOURS.map(span => ({ a: container(span) }))),
  told: answer(HOURS.map(span => ({ a: container(span) }))),
  assets: answer({ n: node(SPAN) }),
  info: { version: '1.117.3 (abcdef)', containers: [] },
};

function whatIs({ pathname, searchParams }: URL): keyof Says {
  if (pathname.endsWith('/assets')) {
    return 'assets';
  }
  if (pathname.endsWith('/installInfo')) {
    return 'info';
  }
  const aggregate = searchParams.get('aggregate');
  if (aggregate === 'cluster') {
    return 'coarse';
  }
  return aggregate ? 'told' : 'fine';
}

async function check(says: Partial<Says>): Promise<{
  findings: CheckFinding[];
  asked: URL[];
}> {
  const asked: URL[] = [];
  const listening = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://x');
    asked.push(url);
    const body = { ...SOUND, ...says }[whatIs(url)];
    response.statusCode = body === undefined ? 404 : 200;
    response.end(body === undefined ? 'not found' : JSON.stringify(body));
  });
  server = listening;
  await new Promise<void>(resolve => {
    listening.listen(0, '127.0.0.1', resolve);
  });
  const { port } = listening.address() as AddressInfo;
  const findings: CheckFinding[] = [];
  for await (const step of checkOpenCost({
    cluster: {
      name: 'eu',
      title: 'EU',
      labels: {},
      sections: {
        opencost: {
          url: `http://127.0.0.1:${port}/model`,
          timeoutSeconds: 2,
        },
      },
    },
    currency: 'EUR',
    logger: mockServices.logger.mock(),
    signal: new AbortController().signal,
    now: () => NOW,
  })) {
    if (step.kind === 'finding') {
      findings.push(step.finding);
    }
  }
  for (const { sentence, severity, effect, wording } of findings) {
    expect(sentence).toMatch(/[.?]$/);
    expect(severity === 'right' || effect).toBeTruthy();
    expect(sentence).not.toContain('127.0.0.1');
    expect(inEnglish(wording?.effect)).toBe(effect);
    expect(inEnglish(wording?.sentence)).toBe(sentence);
  }
  return { findings, asked };
}

const short = ({ findings }: { findings: CheckFinding[] }) =>
  findings.map(({ id, severity }) => `${severity} ${id}`);

describe('the check of an OpenCost', () => {
  it('asks four questions about two hours and finds a sound one right', async () => {
    const result = await check({});
    expect(short(result)).toEqual([
      'right answers',
      'right steps',
      'right idle',
      'right by-container',
      'right node-prices',
      'note currency',
    ]);
    expect(result.findings[0].sentence).toContain('version 1.117.3:');
    expect(result.asked).toHaveLength(4);
    expect(result.asked[0].searchParams.get('window')).toBe(
      '2026-03-02T12:00:00Z,2026-03-02T14:00:00Z',
    );
    expect(result.asked[2].searchParams.get('filter')).toBe(
      'namespace:"kube-system"',
    );
  });

  const grouped = answer(
    HOURS.map(span => ({
      shop: container(span, {
        name: 'shop',
        properties: { pod: undefined, container: undefined },
      }),
    })),
  );

  it.each<[string, Partial<Says>, string]>([
    ['no version', { info: undefined }, 'right answers'],
    ['a Kubecost that must be told', { fine: grouped }, 'right by-container'],
    [
      'one that groups all the same',
      { fine: grouped, told: grouped },
      'wrong by-container',
    ],
    ['no assets', { assets: undefined }, 'missing assets'],
    ['no nodes', { assets: answer({}) }, 'missing nodes'],
    [
      'nodes that cost nothing',
      {
        assets: answer({
          n: node(SPAN, { cpuCost: 0, ramCost: 0, totalCost: 0 }),
        }),
      },
      'wrong node-prices',
    ],
    ['nothing at all', { coarse: answer([null, null]) }, 'wrong nothing'],
    [
      'no idle',
      { coarse: answer(HOURS.map(span => ({ eu: container(span) }))) },
      'missing idle',
    ],
    [
      'one step of two hours',
      { coarse: answer([{ eu: container(SPAN) }]) },
      'wrong steps',
    ],
    [
      'other clusters',
      {
        coarse: answer(
          HOURS.map(span => ({
            a: container(span, { properties: { cluster: 'a' } }),
            b: container(span, { properties: { cluster: 'b' } }),
          })),
        ),
      },
      'wrong clusters',
    ],
    ['no allocation', { coarse: undefined }, 'wrong unanswered'],
    ['an error', { coarse: { code: 500, data: null } }, 'wrong unanswered'],
    ['something else', { coarse: [1] }, 'wrong unanswered'],
  ])('%s', async (_, says, expected) => {
    expect(short(await check(says))).toContain(expected);
  });
});
