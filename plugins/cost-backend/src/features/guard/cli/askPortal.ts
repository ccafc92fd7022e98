import {
  GUARD_VERDICTS,
  GuardReport,
  GuardRequestInput,
} from '@headroom/plugin-cost-common';
import { BadInput } from './BadInput';
import { causeOf } from './causeOf';
import { checkToken } from './tokens';

const PATIENCE_MS = 60_000;
const LONGEST_WHY = 500;

/** The portal could not say; that is nobody's fault who makes a change. */
export class Outage extends Error {
  readonly name = 'Outage';
}

/**
 * Asks a portal what a change costs.
 *
 * @param portal - its base address, such as `https://portal.example.com`
 * @param token - empty = the pipeline is given none, absent = nobody set it
 * @throws Outage when it does not answer, or with an error of its own, or the token is
 * empty; BadInput when it says that it was asked wrongly, or that the token may not ask.
 */
export async function askPortal(
  portal: string,
  token: string | undefined,
  request: GuardRequestInput,
): Promise<GuardReport> {
  const url = addressOf(portal);
  if (token === '') {
    // The pipeline of a fork is given no secrets: whose change it is can't help that.
    throw new Outage(
      'HEADROOM_TOKEN is empty, as it is in pipelines of forks and of Dependabot.',
    );
  }
  if (token === undefined) {
    throw new BadInput(
      'HEADROOM_TOKEN is not set; with --portal it must be a token that the portal takes',
    );
  }
  checkToken('HEADROOM_TOKEN', token);
  const response = await send(url, token, JSON.stringify(request));
  const { status } = response;
  const body = await readBody(response);
  if (status === 200 && isReport(body)) {
    return body;
  }
  const why = sayError(body);
  // What is too much or too early for the portal is no fault of the question.
  if (status >= 400 && status < 500 && ![408, 425, 429].includes(status)) {
    throw new BadInput(`The portal answered with ${status}${why}`);
  }
  throw new Outage(`the portal answered with ${status}${why}.`);
}

function addressOf(portal: string): URL {
  const url = URL.canParse(portal) ? new URL(portal) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) {
    throw new BadInput(
      '--portal must be an address such as https://portal.example.com, without a user or password',
    );
  }
  return new URL(`${url.pathname.replace(/\/+$/, '')}/api/cost/v1/guard`, url);
}

async function send(url: URL, token: string, body: string): Promise<Response> {
  try {
    return await fetch(url, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
      },
      body,
      // A token is for the address it was meant for.
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  } catch (error) {
    throw new Outage(`the portal could not be asked, as ${causeOf(error)}.`);
  }
}

async function readBody(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

function isReport(body: unknown): body is GuardReport {
  const { verdict, rows, rules, unknown, remarks } = (body ??
    {}) as Partial<GuardReport>;
  return (
    GUARD_VERDICTS.some(each => each === verdict) &&
    [rows, rules, unknown, remarks].every(Array.isArray)
  );
}

function sayError(body: unknown): string {
  const { error } = (body ?? {}) as { error?: { message?: unknown } };
  return typeof error?.message === 'string'
    ? `: ${error.message.slice(0, LONGEST_WHY)}`
    : '';
}
