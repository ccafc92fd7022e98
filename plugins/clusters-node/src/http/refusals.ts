import { TELLING_BYTES } from './whatAnswered';

const REASONS: Array<[pattern: RegExp, reason: string]> = [
  [
    /too many samples|max-samples/i,
    'it would have to load more samples at once than it allows (--query.max-samples)',
  ],
  [
    /(time )?range[^.]{0,60}exceed|exceeds? the limit[^.]{0,20}length|query length|32 days/i,
    'the time range is longer than it allows at once',
  ],
  [
    /max(imum)?[^.]{0,30}(series|chunks|bytes)|(series|chunks) limit|limit[^.]{0,30}(series|chunks)/i,
    'it would have to load more series at once than it allows',
  ],
  [
    /maximum resolution|11,?000 points/i,
    'it gives fewer points at once than were asked for',
  ],
  [
    /context deadline exceeded|timed? ?out|"errorType"\s*:\s*"timeout"/i,
    'it took longer than it gives itself',
  ],
  [
    /parse error|unknown function|"errorType"\s*:\s*"bad_data"/i,
    'it does not understand the query; PromQL of Prometheus 2.42 or newer is needed',
  ],
];

/**
 * Why a Prometheus-compatible API refused a question, in words of ours: what it
 * says itself may echo what was sent.
 *
 * @internal
 */
export function whyRefused(start: Uint8Array): string {
  const text = Buffer.from(
    start.buffer,
    start.byteOffset,
    Math.min(start.byteLength, TELLING_BYTES),
  ).toString();
  const known = REASONS.find(([pattern]) => pattern.test(text));
  return known?.[1] ?? 'for a reason of its own, which its log says';
}
