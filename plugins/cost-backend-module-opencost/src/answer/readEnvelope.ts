import { EndpointError } from '@headroom/plugin-clusters-node';
import { Worded } from '@headroom/common';
import { wordOpenCost } from '@headroom/plugin-cost-common';
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
export function readEnvelope(answer: unknown, what: string | Worded): Step[] {
  const parsed = envelopeSchema.safeParse(answer);
  if (!parsed.success) {
    throw new EndpointError(
      'unreadable',
      wordOpenCost('notEnvelope', {
        what,
        shape: '{code, data: [{name: item}]}',
      }),
    );
  }
  const { code, data } = parsed.data;
  if (code !== undefined && code !== null && code !== 200) {
    throw new EndpointError('failed', wordOpenCost('failed', { what, code }));
  }
  if (data === null) {
    return [];
  }
  return Array.isArray(data) ? data : [data];
}
