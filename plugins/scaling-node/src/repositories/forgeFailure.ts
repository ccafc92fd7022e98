import { toError } from '@backstage/errors';
import { ActuatorError } from '@headroom/plugin-controllers-node';
import { wordForge } from '@headroom/plugin-scaling-common';

/** What was asked, for the sentence that says why not. */
export interface Asked {
  repository: string;
  /** e.g. `The branch main` */
  what: string;
  /** What the token needs for it, e.g. `contents: write`. */
  permission: string;
  /** Whether something may have been made although no answer came. */
  writes: boolean;
}

const MOST_CHARACTERS = 200;

/**
 * Why a forge did not do something, from the status of its answer. What it says is
 * told only where it refused what was sent: bodies of others may be anything.
 */
export function forgeFailure(
  { repository, what, permission, writes }: Asked,
  status: number | undefined,
  said: string,
  retryAfterSeconds?: number,
): ActuatorError {
  if (status === 401) {
    return new ActuatorError({
      kind: 'forbidden',
      said: wordForge('notSigned', { repository }),
    });
  }
  if (
    status === 429 ||
    (status === 403 &&
      (retryAfterSeconds !== undefined || /rate limit/i.test(said)))
  ) {
    return new ActuatorError({
      kind: 'wait',
      said: wordForge('busy', { repository }),
      retryAfterMs: (retryAfterSeconds ?? 60) * 1000,
    });
  }
  if (status === 403) {
    return new ActuatorError({
      kind: 'forbidden',
      said: wordForge('forbidden', { repository, permission }),
      mend: permission,
    });
  }
  if (status === 404) {
    return new ActuatorError({
      kind: 'gone',
      said: wordForge('gone', { repository, what }),
    });
  }
  if (status !== undefined && status >= 400 && status < 500) {
    return new ActuatorError({
      kind: 'invalid',
      said: wordForge('refused', {
        repository,
        why: said.replace(/\p{C}/gu, ' ').slice(0, MOST_CHARACTERS),
      }),
    });
  }
  return new ActuatorError({
    kind: writes ? 'uncertain' : 'unreachable',
    said: wordForge(writes ? 'uncertain' : 'unreachable', { repository }),
  });
}

/** The status and words of an error of a client library, whichever it is. */
export function statusOf(error: unknown): {
  status?: number;
  said: string;
  retryAfterSeconds?: number;
} {
  const { message } = toError(error);
  const { status, response, cause } = error as {
    status?: unknown;
    response?: { headers?: Record<string, unknown> };
    cause?: {
      response?: { status?: unknown; headers?: Headers };
      description?: unknown;
    };
  };
  const code = status ?? cause?.response?.status;
  const after = Number(
    response?.headers?.['retry-after'] ??
      cause?.response?.headers?.get?.('retry-after') ??
      NaN,
  );
  return {
    // Octokit says 500 for what never got an answer.
    ...(typeof code === 'number' &&
      (response || cause?.response) && { status: code }),
    said: typeof cause?.description === 'string' ? cause.description : message,
    ...(Number.isFinite(after) && { retryAfterSeconds: after }),
  };
}

/** What is there; undefined where the forge says that it isn't. */
export async function orNothing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof ActuatorError && error.kind === 'gone') {
      return undefined;
    }
    throw error;
  }
}

/**
 * Forges refuse a branch that is there already with the status of all that is wrong
 * with a request: only looking tells.
 *
 * @throws `conflict` when the branch is there.
 */
export async function orBranchExists(
  work: Promise<unknown>,
  {
    branch,
    repository,
    isThere,
  }: { branch: string; repository: string; isThere: () => Promise<boolean> },
): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (
      error instanceof ActuatorError &&
      error.kind === 'invalid' &&
      (await isThere())
    ) {
      throw new ActuatorError({
        kind: 'conflict',
        said: wordForge('branchExists', { branch, repository }),
      });
    }
    throw error;
  }
}
