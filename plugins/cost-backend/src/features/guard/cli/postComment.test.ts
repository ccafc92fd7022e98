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
let comments: object[];
/** What the forge answers with, by method and path; else 200. */
let statuses: Record<string, number>;
let me: string | undefined;
let env: Record<string, string>;

beforeEach(async () => {
  [calls, comments, statuses, me] = [[], [], {}, undefined];
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
      const isUser = url === '/user';
      const status = isUser && me === undefined ? 403 : 200;
      const [path] = url.split('?');
      response.writeHead(statuses[`${method} ${path}`] ?? status, {
        'content-type': 'application/json',
      });
      const user = { login: me, username: me };
      const listed = comments.slice((page - 1) * 100, page * 100);
      const got = isUser ? user : listed;
      response.end(JSON.stringify(method === 'GET' ? got : {}));
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

const BOT = 'project_7_bot_1a2b';

function commentOf(id: number, body: string, login = BOT) {
  const type = login.includes('_bot') ? 'Bot' : 'User';
  return { id, body, user: { login, type }, author: { username: login } };
}

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
    comments = [commentOf(1, `Look at ${MARKER}`)];
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
    comments = Array.from({ length: 130 }, (_, i) =>
      commentOf(1000 + i, `${i}`),
    );
    comments[120] = commentOf(9, `${MARKER}\nold`);
    await post(notDue);
    expect(written()).toMatchObject([
      { method: verb, url: one, body: { body: `${MARKER}\nnew\n` } },
    ]);
  });

  it('leaves alone one that says the same, and those of other keys', async () => {
    comments = [
      commentOf(8, '<!-- headroom-guard: shop/api -->\nold'),
      commentOf(9, `${MARKER}\nnew`),
    ];
    await post(due);
    expect(written()).toEqual([]);
  });

  it.each([
    ['of no token that tells whose it is', undefined, 'mallory', BOT],
    ['of a token of somebody', 'ada', BOT, 'ada'],
  ])(
    'does not take for its own what others wrote, %s',
    async (_, whose, other, own) => {
      me = whose;
      comments = [
        commentOf(8, `${MARKER}\nIt costs nothing.`, other),
        commentOf(9, `${MARKER}\nold`, own),
      ];
      await post(notDue);
      expect(written()).toMatchObject([{ method: verb, url: one }]);
      comments = [commentOf(8, `${MARKER}\nnew`, other)];
      calls = [];
      await post(due);
      expect(written()).toMatchObject([{ method: 'POST', url: all }]);
    },
  );

  it.each([403, 404])(
    'begins a new one where the one that is there answers %i',
    async status => {
      comments = [commentOf(9, `${MARKER}\nold`)];
      statuses[`${verb} ${one}`] = status;
      await post(due);
      expect(written().map(({ method }) => method)).toEqual([verb, 'POST']);
    },
  );

  it('begins none where the forge is out of order', async () => {
    comments = [commentOf(9, `${MARKER}\nold`)];
    statuses[`${verb} ${one}`] = 500;
    await expect(post(due)).rejects.toThrow(`${verb} ${one}: 500`);
    expect(written()).toHaveLength(1);
  });

  it('says what the forge answered, and no token', async () => {
    statuses[`GET ${all}`] = 403;
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
    await expect(post(due)).rejects.toThrow(
      /: the connection was refused \(ECONNREFUSED\)$/,
    );
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
