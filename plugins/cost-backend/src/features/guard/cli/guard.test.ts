import { execFile } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, IncomingMessage, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { GuardReport } from '@headroom/plugin-cost-common';
import {
  completeSpec,
  renderService,
  serviceSpecSchema,
} from '@headroom/plugin-scaling-common';
import { main } from '.';
import { readArguments, USAGE } from './arguments';

jest.setTimeout(120_000);

const BIN = resolve(__dirname, '../../../../bin/headroom-guard.js');
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'guard-'));
});

afterEach(() => rmSync(root, { recursive: true }));

function write(file: string, text: string): string {
  const path = join(root, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

interface Ran {
  code: number;
  out: string;
  err: string;
}

/** Runs the command as a process, as a pipeline does. */
function guard(args: string[], input = ''): Promise<Ran> {
  return new Promise(done => {
    const child = execFile(
      process.execPath,
      [BIN, ...args],
      { cwd: root },
      (error, out, err) => done({ code: Number(error?.code ?? 0), out, err }),
    );
    child.stdin?.end(input);
  });
}

/** Runs the command in this process, where only what it says matters. */
async function inProcess(args: string[], token?: string): Promise<Ran> {
  let [out, err] = ['', ''];
  const spies = [
    jest
      .spyOn(process.stdout, 'write')
      .mockImplementation(text => Boolean((out += text))),
    jest
      .spyOn(process.stderr, 'write')
      .mockImplementation(text => Boolean((err += text))),
  ];
  try {
    const code = await main(
      args,
      token === undefined ? {} : { HEADROOM_TOKEN: token },
    );
    return { code, out, err };
  } finally {
    spies.forEach(spy => spy.mockRestore());
  }
}

async function judge(
  args: string[],
): Promise<{ code: number; report: GuardReport }> {
  const { code, out, err } = await inProcess([...args, '--format', 'json']);
  expect(err).toBe('');
  return { code, report: JSON.parse(out) };
}

const deployment = (replicas: number, more = '') => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  replicas: ${replicas}
  template:
    spec:
      ${more}
      containers:
        - name: app
          resources: { requests: { cpu: 500m, memory: 1Gi } }
`;
/** One replica costs 18.25 a month. */
const BOOK = `
currency: EUR
unitPrices:
  on-demand: { cpuCoreHour: 0.04, memoryGibHour: 0.005, storageGibHour: 0.0001 }
  spot: { cpuCoreHour: 0.01, memoryGibHour: 0.001, storageGibHour: 0.0001 }
`;

describe('headroom-guard', () => {
  it('judges manifests by a price book, and exits by the verdict', async () => {
    const book = write('book.yaml', BOOK);
    const after = write('after.yaml', deployment(3));
    const before = write('before.yaml', deployment(2));
    const policy = write(
      'policy.yaml',
      'warn: { percent: 10 }\ndeny: { increase: "18.24" }\nask: the platform team\n',
    );
    const base = ['--price-book', book, '--before', before, after];
    const ok = await judge(base);
    expect(ok.code).toBe(0);
    expect(ok.report).toMatchObject({
      verdict: 'ok',
      currency: 'EUR',
      before: { monthly: { min: '36500000', max: '36500000' } },
      after: { monthly: { min: '54750000', max: '54750000' } },
      difference: {
        monthly: { min: '18250000', max: '18250000' },
        complete: true,
      },
    });
    const deny = await guard([...base, '--policy', policy]);
    expect(deny.code).toBe(1);
    expect(deny.out).toMatch(
      /^deny: This change costs EUR 18\.25 more a month/,
    );
    expect(deny.out).toContain('Ask the platform team about it.');
    const passed = await judge([
      ...base,
      '--policy',
      policy,
      '--override-by',
      'ada',
      '--override-reason',
      'The sale begins.',
      '--override-until',
      '2100-01-01T00:00:00+01:00',
    ]);
    expect(passed).toMatchObject({
      code: 0,
      report: {
        verdict: 'warn',
        overridden: 'deny',
        override: { person: 'ada', until: '2099-12-31T23:00:00.000Z' },
      },
    });
  });

  it('reads a stream of rendered Helm from the input, and writes the comment', async () => {
    const comment = join(root, 'comment.md');
    const { code, out } = await guard(
      ['--new', '--key', 'shop/web', '--comment', comment, '-'],
      `---\n# Source: web/templates/deployment.yaml${deployment(
        2,
      )}---\n# Source: web/templates/empty.yaml\n---${deployment(1).replace(
        'web',
        'api',
      )}`,
    );
    expect(code).toBe(0);
    expect(out).toContain('Deployment shop/api');
    const text = readFileSync(comment, 'utf8');
    expect(text.split('\n')[0]).toBe('<!-- headroom-guard: shop/web -->');
    expect(text).toContain('| Deployment shop/web | — |');
  });

  it('builds the kustomization that a template renders', async () => {
    const spec = serviceSpecSchema.parse(
      completeSpec({
        kind: 'web-service',
        name: 'checkout',
        namespace: 'shop',
        cluster: 'us-west',
        owner: 'group:default/shop',
        image: 'ghcr.io/example/checkout:1.0.0',
      }),
    );
    const files = renderService(spec);
    const folders = files
      .filter(({ path }) => path.endsWith('kustomization.yaml'))
      .map(({ path }) => dirname(path));
    files.forEach(({ path, text }) => write(path, text));
    expect(folders.length).toBeGreaterThan(0);
    const { code, report } = await judge([
      '--new',
      '--root',
      root,
      join(root, folders[0]),
    ]);
    expect(code).toBe(0);
    expect(report.unknownCount).toBe(0);
    expect(
      report.rows.find(({ name }) => name === 'Deployment shop/checkout')?.after
        ?.scaling?.message,
    ).toMatch(/range of the (HorizontalPodAutoscaler|ScaledObject)/);
  });

  it('builds an overlay that leads to a base beside it, and no further', async () => {
    write('base/kustomization.yaml', 'resources: [web.yaml]');
    write('base/web.yaml', deployment(2));
    write(
      'prod/kustomization.yaml',
      'resources: [../base]\npatches: [{ target: { kind: Deployment }, patch: "[{op: replace, path: /spec/replicas, value: 5}]" }]',
    );
    const { report } = await judge([
      '--new',
      '--root',
      root,
      join(root, 'prod'),
    ]);
    expect(report.rows[0].after?.scaling?.message).toContain('5 replicas');
    const outside = await inProcess(['--new', join(root, 'prod')]);
    expect(outside.code).toBe(2);
    expect(outside.err).toContain('outside');
    rmSync(join(root, 'base/web.yaml'));
    symlinkSync('/etc/hostname', join(root, 'base/web.yaml'));
    const link = await inProcess(['--new', '--root', root, join(root, 'prod')]);
    expect(link.code).toBe(2);
    expect(link.err).toContain('is not there');
  });

  describe('of a folder with kustomizations below it', () => {
    const overlay = (folder: string, replicas: number) => {
      write(
        `k/${folder}/kustomization.yaml`,
        'resources: [../base]\npatches: [{ path: more.yaml }]',
      );
      write(
        `k/${folder}/more.yaml`,
        `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web, namespace: shop }\nspec: { replicas: ${replicas} }\n`,
      );
    };
    const judgeFolder = (...args: string[]) =>
      judge([
        ...args,
        '--price-book',
        write('book.yaml', BOOK),
        join(root, 'k'),
      ]);

    beforeEach(() => {
      write('k/base/kustomization.yaml', 'resources: [web.yaml]');
      write('k/base/web.yaml', deployment(1));
      overlay('over', 5);
    });

    it('builds the one that no other refers to, and reads what is beside', async () => {
      write('k/api.yaml', deployment(1).replace('name: web', 'name: api'));
      const { report } = await judgeFolder('--new');
      expect(report.rows.map(({ name, after }) => [name, after])).toEqual([
        [
          'Deployment shop/api',
          expect.objectContaining({
            monthly: { min: '18250000', max: '18250000' },
          }),
        ],
        [
          'Deployment shop/web',
          expect.objectContaining({
            monthly: { min: '91250000', max: '91250000' },
          }),
        ],
      ]);
      expect(report).toMatchObject({ verdict: 'ok', unknownCount: 0 });
    });

    it('does not know which of several environments is meant', async () => {
      overlay('prod', 9);
      const { code, report } = await judgeFolder('--new');
      expect(code).toBe(0);
      expect(report).toMatchObject({
        verdict: 'unknown',
        rows: [{ name: 'over, prod', after: { monthly: { max: '0' } } }],
      });
      expect(report.unknown.map(({ said }) => said.message)).toEqual([
        'What over, prod costs is not known: These kustomizations make the same objects, as for several environments, so which one is meant is not known. Give the folder of one of them in place of the folder above them, also to --before.',
      ]);
      const same = await judgeFolder('--before', join(root, 'k'));
      expect(same.report).toMatchObject({
        verdict: 'ok',
        difference: { monthly: { min: '0', max: '0' }, complete: true },
      });
    });

    it('does not know the cost of what it can not build', async () => {
      write(
        'k/over/kustomization.yaml',
        'resources: [../base]\npatches: [{ path: more.yaml }]\nnamePrefix: a-',
      );
      const { report } = await judgeFolder('--new');
      expect(report).toMatchObject({
        verdict: 'unknown',
        rows: [{ name: 'over' }],
      });
      expect(report.unknown[0].said.message).toContain('namePrefix');
    });
  });

  it.each([
    ['Kustomization', 'v1beta1'],
    ['Component', 'v1alpha1'],
  ])('does not pass over a %s among manifests', async (kind, version) => {
    const text = `${deployment(
      1,
    )}---\napiVersion: kustomize.config.k8s.io/${version}\nkind: ${kind}\nresources: [../base]\n`;
    write('plain/all.yaml', text);
    for (const path of [join(root, 'plain'), write('all.yaml', text)]) {
      const { code, report } = await judge(['--new', path]);
      expect(code).toBe(0);
      expect(report).toMatchObject({ verdict: 'unknown', unknownCount: 1 });
      expect(report.unknown[0].said.message).toContain(
        `It is a ${kind}, which says what is made of other files.`,
      );
    }
  });

  it('does not know what templates in a folder cost', async () => {
    write('chart/web.yaml', deployment(1));
    write('chart/more.yaml', '{{- if .Values.more }}\nkind: x\n');
    const { code, report } = await judge(['--new', join(root, 'chart')]);
    expect(code).toBe(0);
    expect(report).toMatchObject({ verdict: 'unknown', unknownCount: 1 });
  });

  it('judges the JSON of Infracost', async () => {
    const file = (more: object) =>
      write(
        'infracost.json',
        JSON.stringify({
          currency: 'USD',
          projects: [],
          totalMonthlyCost: '130',
          pastTotalMonthlyCost: '100',
          diffTotalMonthlyCost: '30',
          summary: { totalUnsupportedResources: 2 },
          ...more,
        }),
      );
    const policy = write('policy.json', '{"deny": {"increase": "29"}}');
    const known = await judge(['--infracost', file({}), '--policy', policy]);
    expect(known.code).toBe(1);
    expect(known.report).toMatchObject({
      verdict: 'deny',
      unknownCount: 2,
      difference: { complete: false, atLeast: true },
    });
    const unknown = await judge([
      '--infracost',
      file({ diffTotalMonthlyCost: null }),
      '--policy',
      policy,
    ]);
    expect(unknown).toMatchObject({ code: 0, report: { verdict: 'unknown' } });
  });

  it.each<[string, () => string[], RegExp]>([
    ['nothing', () => [], /Nothing is there to judge/],
    [
      'what is not there',
      () => ['nowhere'],
      /<after> is nowhere, which is not there; it must be a file or a folder$/m,
    ],
    ['an option that is not known', () => ['--wat', 'a'], /--wat/],
    ['a format', () => ['--format', 'pdf', 'a'], /--format is pdf.*json/],
    [
      'no manifests',
      () => [write('a.yaml', 'a: b')],
      /holds no object with apiVersion and kind/,
    ],
    [
      'a file that is no YAML',
      () => [write('a.yaml', `${deployment(1)}---\na: [`)],
      /line 1\d can't be read/,
    ],
    [
      'a price book',
      () => [
        '--price-book',
        write('book.yaml', 'unitPrices: { spot: { cpuCoreHour: -1 } }'),
        write('a.yaml', deployment(1)),
      ],
      /unitPrices\.spot\.cpuCoreHour is -1; it must be a price/,
    ],
    [
      'a price book that is not enough',
      () => [
        '--price-book',
        write('book.yaml', 'currency: EUR'),
        write('a.yaml', deployment(1)),
      ],
      /unitPrices\.on-demand\.cpuCoreHour is not there/,
    ],
    [
      'a policy',
      () => [
        '--policy',
        write('policy.yaml', 'deny: { increase: lots }'),
        write('a.yaml', deployment(1)),
      ],
      /deny\.increase must be an amount/,
    ],
    [
      'Infracost',
      () => ['--infracost', write('i.json', '{"totalMonthlyCost": 3}')],
      /totalMonthlyCost .*must be/,
    ],
    [
      'an override without a reason',
      () => ['--override-by', 'ada', write('a.yaml', deployment(1))],
      /must have all of/,
    ],
    [
      'a price book that is not there',
      () => ['--price-book', 'no.yaml', write('a.yaml', deployment(1))],
      /^--price-book is no\.yaml, which is not there; it must be a file$/m,
    ],
    [
      'a price book below a file',
      () => {
        const path = write('a.yaml', deployment(1));
        return ['--price-book', join(path, 'book.yaml'), path];
      },
      /^--price-book is .*book\.yaml, which is not there; it must be a file$/m,
    ],
    [
      'a price book that is a folder',
      () => ['--price-book', root, write('a.yaml', deployment(1))],
      /^--price-book is .*, which is a folder; it must be a file$/m,
    ],
    [
      'Infracost that is a folder',
      () => ['--infracost', root],
      /^--infracost is .*, which is a folder; it must be a file$/m,
    ],
    [
      'an entity that is none',
      () => ['--entity', 'bad::ref', write('a.yaml', deployment(1))],
      /^--entity is bad::ref; it must be a reference such as component:default\/web/,
    ],
    [
      'a price book for Infracost',
      () => ['--infracost', 'i.json', '--price-book', 'book.yaml'],
      /^--price-book is for manifests and must be left out with --infracost/,
    ],
    ['a key', () => ['--key', 'a b', write('a.yaml', deployment(1))], /--key/],
    [
      'a portal without a token',
      () => [
        '--portal',
        'http://127.0.0.1:9',
        '--cluster',
        'c1',
        write('a.yaml', deployment(1)),
      ],
      /HEADROOM_TOKEN is not set/,
    ],
  ])('refuses %s with 2 and one sentence', async (_, args, why) => {
    const { code, out, err } = await inProcess(args());
    expect(err).toMatch(why);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect([code, out]).toEqual([2, '']);
  });
});

describe('headroom-guard, by a portal', () => {
  let server: Server;
  let asked: Array<{ request: IncomingMessage; body: string }>;
  let answer: { status: number; body: unknown };
  let portal: string;

  beforeEach(async () => {
    asked = [];
    server = createServer((request, response) => {
      let body = '';
      request.on('data', chunk => (body += chunk));
      request.on('end', () => {
        asked.push({ request, body });
        response.writeHead(answer.status, {
          'content-type': 'application/json',
          ...(answer.status === 302 && { location: 'http://127.0.0.1:9/' }),
        });
        response.end(JSON.stringify(answer.body));
      });
    });
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
    portal = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterEach(() => new Promise(done => server.close(done)));

  const ask = (format: string, token = 'secret-token') =>
    inProcess(
      [
        '--portal',
        `${portal}/portal/`,
        '--cluster',
        'us-west',
        '--entity',
        'component:default/web',
        '--format',
        format,
        write(
          'a.yaml',
          deployment(1).replace(
            '- name: app',
            '- name: app\n          env: [{ name: A, value: hunter2 }]',
          ),
        ),
      ],
      token,
    );

  it('tells it nothing but what decides the cost, and gives its answer', async () => {
    const report = {
      verdict: 'deny',
      source: 'manifests',
      judged: 'most',
      rows: [],
      unknown: [],
      unknownCount: 0,
      rules: [],
      remarks: [],
      commentDue: true,
    };
    answer = { status: 200, body: report };
    const { code, out } = await ask('json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toEqual(report);
    const [{ request, body }] = asked;
    expect(request.url).toBe('/portal/api/cost/v1/guard');
    expect(request.headers.authorization).toBe('Bearer secret-token');
    expect(body).not.toContain('hunter2');
    expect(JSON.parse(body)).toMatchObject({
      entityRef: 'component:default/web',
      manifests: { cluster: 'us-west', after: { files: [{}], unread: [] } },
    });
  });

  it.each([
    [503, { error: { message: 'The database is down' } }, 'database is down'],
    [429, {}, '429'],
    [200, { hello: 'world' }, 'answered with 200'],
    [302, {}, 'could not be asked, as it answered with a redirect'],
  ])(
    'warns and blocks nothing when it answers %i',
    async (status, body, why) => {
      answer = { status, body };
      const { code, out, err } = await ask('text');
      expect([code, err]).toEqual([0, '']);
      expect(out).toMatch(/^warn: What this change costs is not known/);
      expect(out).toContain(why);
      expect(out).not.toContain('secret-token');
    },
  );

  it('warns when nobody is there', async () => {
    await new Promise(done => server.close(done));
    const { code, out } = await ask('text');
    expect(code).toBe(0);
    expect(out).toContain(
      'the portal could not be asked, as the connection was refused (ECONNREFUSED).',
    );
  });

  it('warns where the pipeline of a fork is given no token', async () => {
    const { code, out, err } = await ask('text', '');
    expect([code, err, asked]).toEqual([0, '', []]);
    expect(out).toMatch(/^warn: .*not known/);
    expect(out).toContain('HEADROOM_TOKEN is empty');
  });

  it.each(['secret\ntoken', 'secret token', 'secret-token\n'])(
    'never tells the token %j, which no header can hold',
    async token => {
      const { code, out, err } = await ask('text', token);
      expect([code, out, asked]).toEqual([2, '', []]);
      expect(err).toMatch(/^HEADROOM_TOKEN has a character that no token has/);
      expect(err).not.toContain('secret');
    },
  );

  it.each([400, 401, 403, 413])(
    'is asked wrongly when it says %i',
    async status => {
      answer = { status, body: { error: { message: 'cluster is "us-west"' } } };
      const { code, err } = await ask('text');
      expect(code).toBe(2);
      expect(err).toBe(
        `The portal answered with ${status}: cluster is "us-west"\n`,
      );
    },
  );
});

describe('arguments', () => {
  it('are all in the usage', () => {
    for (const [option] of USAGE.matchAll(/--[a-z-]+/g)) {
      const isFlag = ['--new', '--help'].includes(option);
      expect(() =>
        readArguments([option, ...(isFlag ? [] : ['x']), '--help']),
      ).not.toThrow();
    }
  });
});
