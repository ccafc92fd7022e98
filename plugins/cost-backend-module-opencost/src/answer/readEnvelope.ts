import { EndpointError } from '@headroom/plugin-clusters-node';
import { envelopeSchema } from './schema';

/** One map of items; null when the server has nothing for the step. @internal */
export type Step = Record<string, unknown> | null;

/**
 * The steps of an answer of `/allocation` or `/assets`.
 *
 * @param what - what was asked, for the message: `OpenCost of cluster eu /assets`
 * @throws EndpointError when it is not such an answer.
 * @internal
 */
export function readEnvelope(answer: unknown, what: string): Step[] {
  const parsed = envelopeSchema.safeParse(answer);
  if (!parsed.success) {
    throw new EndpointError(
      'unreadable',
      `${what} answered JSON that is not {code, data: [{name: item}]}; does the base URL lead to an OpenCost, or to a Kubecost's /model?`,
    );
  }
  const { code, data } = parsed.data;
  if (code !== undefined && code !== null && code !== 200) {
    throw new EndpointError(
      'failed',
      `${what} answered with code ${code}: it could not compute it, and its log says why.`,
    );
  }
  if (data === null) {
    return [];
  }
  return Array.isArray(data) ? data : [data];
}
