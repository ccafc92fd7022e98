import { EndpointClient, EndpointError } from '@headroom/plugin-clusters-node';
import { Worded } from '@headroom/common';
import { wordOpenCost } from '@headroom/plugin-cost-common';
import { BY_CONTAINER, completeFromNames, grainOf } from './answer/grain';

/** Nodes of a window: some 2 kB each. */
const MOST_OF_ASSETS = 16 * 2 ** 20;
/** A handful of items an hour. */
const MOST_OF_COARSE = 4 * 2 ** 20;

/** One window to ask about. @internal */
export interface Question {
  client: EndpointClient;
  /** `start,end`, RFC 3339. */
  window: string;
  signal: AbortSignal;
  /** How messages call the server. */
  what: string | Worded;
  /** Only a part of the items, by parameters that a server may not know. */
  filter?: Record<string, string>;
  /** Largest answer by container; that of the endpoint when absent. */
  maxBytes?: number;
}

/**
 * `/allocation` by container and hour. It is asked without `aggregate` first:
 * with it, an OpenCost puts the idle of all nodes into one item. A server that
 * then groups is asked again, by container in so many words.
 *
 * @param grouping - the server is known to group when it isn't told
 * @throws EndpointError when the server groups all the same.
 * @internal
 */
export async function askByContainer(
  question: Question,
  grouping: boolean,
): Promise<{ answer: unknown; grouping: boolean; groups: number }> {
  const { client, what, signal, maxBytes } = question;
  const options = { signal, maxBytes };
  const params = { ...paramsOf(question), ...question.filter };
  if (!grouping) {
    const answer = await client.getJson('/allocation', params, options);
    const { coarse, groups } = grainOf(answer, what);
    if (!coarse) {
      return { answer, grouping: false, groups };
    }
  }
  const answer = await client.getJson(
    '/allocation',
    {
      ...params,
      aggregate: BY_CONTAINER.join(','),
      // Of a Kubecost, which calls it otherwise and adds up idle unless told.
      idle: 'true',
      splitIdle: 'true',
      includeAggregatedMetadata: 'true',
    },
    options,
  );
  completeFromNames(answer, what);
  const { coarse, groups, containers } = grainOf(answer, what);
  if (coarse) {
    throw new EndpointError(
      'unreadable',
      wordOpenCost('notByContainer', {
        what,
        groups,
        items: groups + containers,
        aggregate: `aggregate=${BY_CONTAINER.join(',')}`,
      }),
    );
  }
  return { answer, grouping: true, groups };
}

/** The same by cluster, to check the sum. @internal */
export async function askCoarse(question: Question): Promise<unknown> {
  return question.client.getJson(
    '/allocation',
    { ...paramsOf(question), aggregate: 'cluster' },
    { signal: question.signal, maxBytes: MOST_OF_COARSE },
  );
}

/** Nodes. Undefined when the server doesn't know the endpoint. @internal */
export async function askAssets({
  client,
  window,
  signal,
}: Question): Promise<unknown> {
  try {
    return await client.getJson(
      '/assets',
      { window },
      { signal, maxBytes: MOST_OF_ASSETS },
    );
  } catch (error) {
    if (error instanceof EndpointError && error.failure === 'rejected') {
      return undefined;
    }
    throw error;
  }
}

function paramsOf({ window }: Question): Record<string, string> {
  return {
    window,
    step: '1h',
    resolution: '1m',
    accumulate: 'false',
    includeIdle: 'true',
    idleByNode: 'true',
    shareIdle: 'false',
  };
}
