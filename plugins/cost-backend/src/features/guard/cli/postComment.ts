import { GuardReport } from '@headroom/plugin-cost-common';
import { BadInput } from './BadInput';
import { causeOf } from './causeOf';
import { checkToken } from './tokens';

type Env = Record<string, string | undefined>;

/** A comment on a change. */
interface Comment {
  id: number;
  body: string;
  /** As people are called in the forge. */
  author: string;
  isBot: boolean;
}

/** Comments of one change, as a forge has them. */
interface Forge {
  /** A page of at most {@link PAGE}, the oldest first, from 1. */
  list(page: number): Promise<Comment[]>;
  /** Who the token is of; undefined where the forge doesn't tell. */
  whoAmI(): Promise<string | undefined>;
  create(body: string): Promise<unknown>;
  update(id: number, body: string): Promise<unknown>;
}

/** @internal */
export const FORGES = ['github', 'gitlab'] as const;

/** @internal */
export type ForgeName = (typeof FORGES)[number];

const PAGE = 100;
const MOST_PAGES = 50;
const PATIENCE_MS = 30_000;

/** The forge answered that it won't. */
class Refused extends Error {
  readonly name = 'Refused';

  constructor(message: string, readonly status: number) {
    super(message);
  }
}

/**
 * Writes the comment of a change: the one that is there is brought up to date in
 * place, and a new one is begun only where the report says that one is due. One that
 * somebody else wrote is not taken for it: they could change what it says.
 *
 * @param markdown - as `guardMarkdown` gives it, its marker first
 * @throws BadInput when the environment does not say which change, or has no token;
 * Error when the forge does not take it
 */
export async function postComment(
  name: ForgeName,
  { commentDue }: GuardReport,
  markdown: string,
  env: Env,
): Promise<void> {
  const forge = name === 'github' ? githubOf(env) : gitlabOf(env);
  const [marker] = markdown.split('\n');
  for (const { id, body } of await findComments(forge, marker)) {
    if (
      body.trim() === markdown.trim() ||
      (await isUpdated(forge, id, markdown))
    ) {
      return;
    }
  }
  if (commentDue) {
    await forge.create(markdown);
  }
}

/** Own ones that begin with a marker. */
async function findComments(forge: Forge, marker: string): Promise<Comment[]> {
  const found: Comment[] = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const comments = await forge.list(page);
    found.push(...comments.filter(({ body }) => body.startsWith(marker)));
    if (comments.length < PAGE) {
      break;
    }
  }
  if (found.length === 0) {
    return [];
  }
  const me = await forge.whoAmI();
  return found.filter(({ author, isBot }) =>
    // The token of a pipeline is a bot's, and no forge tells it whose.
    me === undefined ? isBot : author === me,
  );
}

/** False where it is not the token's to change, such as one of another bot, or gone. */
async function isUpdated(
  forge: Forge,
  id: number,
  markdown: string,
): Promise<boolean> {
  try {
    await forge.update(id, markdown);
    return true;
  } catch (error) {
    if (isRefusal(error, [403, 404])) {
      return false;
    }
    throw error;
  }
}

function isRefusal(error: unknown, statuses: readonly number[]): boolean {
  return error instanceof Refused && statuses.includes(error.status);
}

/** A name in the answer to who the token is of. */
async function nameAt(
  asked: Promise<unknown>,
  field: string,
): Promise<string | undefined> {
  try {
    return textOf(await asked, field);
  } catch (error) {
    if (isRefusal(error, [401, 403, 404])) {
      return undefined;
    }
    throw error;
  }
}

function textOf(value: unknown, field: string): string | undefined {
  const found = (value as Record<string, unknown> | null | undefined)?.[field];
  return typeof found === 'string' ? found : undefined;
}

function githubOf(env: Env): Forge {
  const base = env.GITHUB_API_URL ?? 'https://api.github.com';
  const api = `${base}/repos/${need(
    env,
    'GITHUB_REPOSITORY',
    /^[\w-][\w.-]*\/(?!\.\.?$)[\w.-]+$/,
    'the repository, such as acme/web',
  )}`;
  const number =
    env.HEADROOM_PULL_REQUEST ||
    /^refs\/pull\/(\d+)\//.exec(env.GITHUB_REF ?? '')?.[1];
  const pull = need(
    { HEADROOM_PULL_REQUEST: number },
    'HEADROOM_PULL_REQUEST',
    /^\d+$/,
    'the number of the pull request',
  );
  const headers = {
    authorization: `Bearer ${needToken(env, 'GITHUB_TOKEN', 'a token')}`,
    accept: 'application/vnd.github+json',
    'x-github-api-version': '2022-11-28',
  };
  return {
    list: page =>
      call(
        'GET',
        `${api}/issues/${pull}/comments?per_page=${PAGE}&page=${page}`,
        headers,
      ).then(answer =>
        toComments(answer, ({ user }) => ({
          author: textOf(user, 'login') ?? '',
          isBot: textOf(user, 'type') === 'Bot',
        })),
      ),
    whoAmI: () => nameAt(call('GET', `${base}/user`, headers), 'login'),
    create: body =>
      call('POST', `${api}/issues/${pull}/comments`, headers, { body }),
    update: (id, body) =>
      call('PATCH', `${api}/issues/comments/${id}`, headers, { body }),
  };
}

/** Whom GitLab makes for the token of a project or a group. */
const PROJECT_BOT = /^(project|group)_\d+_bot/;

function gitlabOf(env: Env): Forge {
  const base = need(env, 'CI_API_V4_URL', /^https?:/, 'the API of GitLab');
  const project = need(env, 'CI_PROJECT_ID', /^\d+$/, 'the project');
  const request = need(
    env,
    'CI_MERGE_REQUEST_IID',
    /^\d+$/,
    'the merge request; run the job in pipelines of merge requests',
  );
  const headers = {
    'private-token': needToken(
      env,
      'HEADROOM_GITLAB_TOKEN',
      'a token of the project with the scope api',
    ),
  };
  const api = `${base}/projects/${project}/merge_requests/${request}/notes`;
  return {
    list: page =>
      call(
        'GET',
        `${api}?per_page=${PAGE}&page=${page}&sort=asc&order_by=created_at`,
        headers,
      ).then(answer =>
        toComments(answer, ({ author }) => {
          const name = textOf(author, 'username') ?? '';
          return { author: name, isBot: PROJECT_BOT.test(name) };
        }),
      ),
    whoAmI: () => nameAt(call('GET', `${base}/user`, headers), 'username'),
    create: body => call('POST', api, headers, { body }),
    update: (id, body) => call('PUT', `${api}/${id}`, headers, { body }),
  };
}

function need(env: Env, name: string, form: RegExp, what: string): string {
  const value = env[name] ?? '';
  if (!form.test(value)) {
    throw new BadInput(
      `${name} is ${
        value === '' ? 'not set' : value.slice(0, 100)
      }; to write a comment it must be ${what}`,
    );
  }
  return value;
}

function needToken(env: Env, name: string, what: string): string {
  // Who mistypes a token should not read it in a log.
  const token = env[name] || need(env, name, /./, what);
  checkToken(name, token);
  return token;
}

async function call(
  method: string,
  url: string,
  headers: Record<string, string>,
  body?: object,
): Promise<unknown> {
  const what = `${method} ${new URL(url).pathname}`;
  const response = await fetch(url, {
    method,
    headers: { ...headers, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).catch(error => {
    throw new Error(`${what}: ${causeOf(error)}`);
  });
  if (!response.ok) {
    throw new Refused(`${what}: ${response.status}`, response.status);
  }
  return response.json();
}

function toComments(
  answer: unknown,
  authorOf: (
    comment: Record<string, unknown>,
  ) => Pick<Comment, 'author' | 'isBot'>,
): Comment[] {
  return Array.isArray(answer)
    ? answer.flatMap(comment => {
        const { id, body } = comment ?? {};
        return typeof id === 'number' && typeof body === 'string'
          ? [{ id, body, ...authorOf(comment) }]
          : [];
      })
    : [];
}
