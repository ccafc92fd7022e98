import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { GuardReport } from '@headroom/plugin-cost-common';
import { ForgeName, postComment } from './postComment';

const MARKER = '<!-- headroom-guard: shop/web -->';
const due = { commentDue: true } as GuardReport;
const notDue = { commentDue: false } as GuardReport;

interface Call {
  method?: string;
  url?: string;
  headers: Record<string, unknown>;
  body?: unknown;
}

let server: Server;
let calls: Call[];
let comments: Array<{ id: number; body: string }>;
let status: number;
let env: Record<string, string>;

beforeEach(async () => {
  [calls, comments, status] = [[], [], 200];
  server = createServer((request, response) => {
    let body = '';
    request.on('data', chunk => (body += chunk));
    request.on('end', () => {
      const { method, url = '', headers } = request;
      calls.push({
        method,
        url,
        headers,
        ...(body && { body: JSON.parse(body) }),
      });
      const page = Number(new URL(url, 'http://x').searchParams.get('page'));
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify(
          method === 'GET' ? comments.slice((page - 1) * 100, page * 100) : {},
        ),
      );
    });
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  env = {
    GITHUB_API_URL: base,
    GITHUB_REPOSITORY: 'acme/web',
    GITHUB_REF: 'refs/pull/12/merge',
    GITHUB_TOKEN: 'secret-token',
    CI_API_V4_URL: base,
    CI_PROJECT_ID: '7',
    CI_MERGE_REQUEST_IID: '12',
    HEADROOM_GITLAB_TOKEN: 'secret-token',
  };
});

afterEach(() => new Promise(done => server.close(done)));

const FORGE_PATHS: Array<[ForgeName, string, string, string]> = [
  [
    'github',
    '/repos/acme/web/issues/12/comments',
    'PATCH',
    '/repos/acme/web/issues/comments/9',
  ],
  [
    'gitlab',
    '/projects/7/merge_requests/12/notes',
    'PUT',
    '/projects/7/merge_requests/12/notes/9',
  ],
];

describe.each(FORGE_PATHS)('postComment on %s', (forge, all, verb, one) => {
  const post = (report: GuardReport, text = 'new') =>
    postComment(forge, report, `${MARKER}\n${text}\n`, env);
  const written = () => calls.filter(({ method }) => method !== 'GET');

  it('begins a comment where one is due', async () => {
    comments = [{ id: 1, body: `Look at ${MARKER}` }];
    await post(due);
    expect(written()).toMatchObject([
      { method: 'POST', url: all, body: { body: `${MARKER}\nnew\n` } },
    ]);
  });

  it('begins none where none is due', async () => {
    await post(notDue);
    expect(written()).toEqual([]);
  });

  it('brings the one that is there up to date, also on a later page', async () => {
    comments = Array.from({ length: 130 }, (_, i) => ({
      id: 1000 + i,
      body: `${i}`,
    }));
    comments[120] = { id: 9, body: `${MARKER}\nold` };
    await post(notDue);
    expect(written()).toMatchObject([
      { method: verb, url: one, body: { body: `${MARKER}\nnew\n` } },
    ]);
  });

  it('leaves alone one that says the same, and those of other keys', async () => {
    comments = [
      { id: 8, body: '<!-- headroom-guard: shop/api -->\nold' },
      { id: 9, body: `${MARKER}\nnew` },
    ];
    await post(due);
    expect(written()).toEqual([]);
  });

  it('says what the forge answered, and no token', async () => {
    status = 403;
    await expect(post(due)).rejects.toThrow(`GET ${all}: 403`);
  });

  it.each(['two\nlines', 'with a gap', 'tö', 'end\n'])(
    'never tells the token %j',
    async token => {
      env.GITHUB_TOKEN = token;
      env.HEADROOM_GITLAB_TOKEN = token;
      const error: Error = await post(due).then(
        () => new Error('It was written.'),
        reason => reason,
      );
      expect(error.name).toBe('BadInput');
      expect(error.message).toMatch(/^(GITHUB|HEADROOM_GITLAB)_TOKEN has a/);
      expect(error.message).not.toContain(token.split(/\s/)[0]);
      expect(calls).toEqual([]);
    },
  );

  it('says why the forge could not be asked', async () => {
    await new Promise(done => server.close(done));
    await expect(post(due)).rejects.toThrow(`GET ${all}`);
    await expect(post(due)).rejects.toThrow(/: ECONNREFUSED$/);
  });

  it.each([
    ['GITHUB_REPOSITORY', '../x'],
    ['GITHUB_REF', 'refs/heads/main'],
    ['GITHUB_TOKEN', ''],
    ['CI_API_V4_URL', 'gopher://x'],
    ['CI_PROJECT_ID', '7/..'],
    ['CI_MERGE_REQUEST_IID', ''],
    ['HEADROOM_GITLAB_TOKEN', ''],
  ])('asks for %s', async (name, value) => {
    const isOurs = name.includes('GITHUB') === (forge === 'github');
    env[name] = value;
    const asked = post(due).then(
      () => 'fine',
      (error: Error) => error.name,
    );
    expect(await asked).toBe(isOurs ? 'BadInput' : 'fine');
  });
});
