import { KubeConfig } from '@kubernetes/client-node';
import { z } from 'zod';
import { Answer, getJson } from './ask';
import { apiStatusError, PageTooLargeError } from './failures';
import { KubernetesApiError } from './KubernetesApiError';

/** How many objects a page has, and fewer where they are so large that such a page is too much. */
const PAGE_SIZES = [500, 50, 5];
/** No list has as many pages: an API server that doesn't end one is broken. */
const MAX_PAGES = 2000;

const pageSchema = z.object({
  metadata: z
    .object({
      continue: z.string().optional(),
      resourceVersion: z.string().optional(),
    })
    .optional(),
  items: z.array(z.unknown()).nullable(),
});

const expiredSchema = z.object({
  metadata: z.object({ continue: z.string().min(1) }),
});

/** @internal */
export interface ListOptions {
  signal: AbortSignal;
  timeoutMs: number;
  /** Parameters of the list, e.g. `labelSelector`. */
  query?: Record<string, string>;
  /**
   * All pages must be of one version: a list that gets too old to be continued
   * is then an error, `Expired`. Otherwise the rest is read anew: objects that
   * changed meanwhile may be missing or be there twice.
   */
  oneVersion?: boolean;
  /** Objects of a page, at most; default: 500. */
  pageSize?: number;
}

/** @internal */
export interface Page<T> {
  items: T[];
  /** Version of the list. */
  resourceVersion?: string;
}

/**
 * The pages of a list, one at a time, smaller where objects are large.
 *
 * @param path - of the list, e.g. `/apis/apps/v1/deployments`
 * @param kind - what errors call it, e.g. `deployments`
 * @typeParam T - what is read of the items; the API server vouches for it
 * @throws {@link KubernetesApiError}, with the status of an answer that is no
 * list; the signal's reason when it aborts.
 * @internal
 */
export async function* listPages<T>(
  kubeConfig: KubeConfig,
  path: string,
  kind: string,
  {
    query = {},
    oneVersion = false,
    pageSize = PAGE_SIZES[0],
    ...options
  }: ListOptions,
): AsyncGenerator<Page<T>> {
  const what = `${kind} of cluster ${kubeConfig.getCurrentCluster()?.name}`;
  const sizes = [pageSize, ...PAGE_SIZES.filter(smaller => smaller < pageSize)];
  let token: string | undefined;
  for (let pages = 0; pages < MAX_PAGES; pages++) {
    const parameters = new URLSearchParams({
      ...query,
      limit: String(sizes[0]),
    });
    if (token) {
      parameters.set('continue', token);
    }
    let answer: Answer;
    try {
      answer = await getJson(kubeConfig, `${path}?${parameters}`, {
        ...options,
        what,
      });
    } catch (error) {
      if (error instanceof PageTooLargeError && sizes.length > 1) {
        sizes.shift();
        continue;
      }
      throw error;
    }
    const later = oneVersion ? undefined : continuationOf(answer);
    if (later) {
      token = later;
      continue;
    }
    if (answer.status !== 200) {
      throw apiStatusError({ what }, answer);
    }
    const page = pageSchema.safeParse(answer.body);
    if (!page.success) {
      throw new KubernetesApiError(
        `The API server's answer for ${what} is no list`,
        { failure: 'Unreadable' },
      );
    }
    const { items, metadata } = page.data;
    yield {
      items: (items ?? []) as T[],
      resourceVersion: metadata?.resourceVersion,
    };
    token = metadata?.continue;
    if (!token) {
      return;
    }
  }
  throw new KubernetesApiError(`The list of ${what} doesn't end`, {
    failure: 'Unreadable',
  });
}

/** The token that an API server gives along with "too old to continue". */
function continuationOf({ status, body }: Answer): string | undefined {
  const expired = status === 410 ? expiredSchema.safeParse(body) : undefined;
  return expired?.data?.metadata.continue;
}
