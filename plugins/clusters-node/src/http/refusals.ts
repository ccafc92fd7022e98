import { Worded, wordEndpoint as word } from '@headroom/common';
import { TELLING_BYTES } from './whatAnswered';

const REASONS: Array<[pattern: RegExp, reason: Worded]> = [
  [/too many samples|max-samples/i, word('tooManySamples')],
  [
    /(time )?range[^.]{0,60}exceed|exceeds? the limit[^.]{0,20}length|query length|32 days/i,
    word('rangeTooLong'),
  ],
  [
    /max(imum)?[^.]{0,30}(series|chunks|bytes)|(series|chunks) limit|limit[^.]{0,30}(series|chunks)/i,
    word('tooManySeries'),
  ],
  [/maximum resolution|11,?000 points/i, word('tooManyPoints')],
  [
    /context deadline exceeded|timed? ?out|"errorType"\s*:\s*"timeout"/i,
    word('tookTooLong'),
  ],
  [
    /parse error|unknown function|"errorType"\s*:\s*"bad_data"/i,
    word('queryNotUnderstood'),
  ],
];

/**
 * Why a Prometheus-compatible API refused a question, in words of ours: what it
 * says itself may echo what was sent.
 *
 * @internal
 */
export function whyRefused(start: Uint8Array): Worded {
  const text = Buffer.from(
    start.buffer,
    start.byteOffset,
    Math.min(start.byteLength, TELLING_BYTES),
  ).toString();
  const known = REASONS.find(([pattern]) => pattern.test(text));
  return known?.[1] ?? word('ownReason');
}
