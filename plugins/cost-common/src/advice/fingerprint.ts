import { AdviceReasonCode, ContainerAdvice, ResourceAdvice } from './types';

/** Buckets a value is told apart by: 5 % wide. */
const BUCKET = Math.log(1.05);

/** What only colours an advice may come and go without making it another one. */
const TELLING: ReadonlySet<AdviceReasonCode> = new Set<AdviceReasonCode>([
  'spec-changed',
  'steering-unknown',
  'vpa-controls',
  'hpa-memory',
  'hpa-custom-target',
  'several-controllers',
  'fixed-heap',
  'memory-volumes',
  'throttled',
  'oom-killed',
  'restart-loop',
  'pending-pods',
  'bare-pod',
  'limit-range',
  'quota',
  'node-size',
  'guaranteed-lost',
  'pod-level',
]);

/**
 * What an advice comes down to: by resource its status, the request and limit it
 * proposes or holds back, to 5 %, and the reasons that decide. Kept with a
 * decision, and compared with {@link sameAdvice}: as text it may differ for
 * values that moved by less than a percent.
 *
 * @public
 */
export function adviceFingerprint(advice: ContainerAdvice): string {
  return ['1', partOf(advice.cpu), partOf(advice.memory)].join('|');
}

/**
 * Whether two fingerprints are of what an owner would call the same advice:
 * values a bucket apart are (up to 10 %), a change that becomes one of keeping,
 * or is withheld for another reason, isn't. A dismissal holds while it is true
 * of the fingerprint of that day and today's: compare with the day of the
 * decision, never with yesterday, or slow drift goes unnoticed.
 *
 * @public
 */
export function sameAdvice(a: string, b: string): boolean {
  const before = a.split('|');
  const after = b.split('|');
  return (
    before.length === after.length &&
    before.every((part, i) => samePart(part, after[i]))
  );
}

function partOf({ status, proposed, held, reasons }: ResourceAdvice): string {
  const setting = proposed ?? held;
  const codes = new Set(
    reasons.map(({ code }) => code).filter(code => TELLING.has(code)),
  );
  return [
    status,
    bucket(setting?.request),
    bucket(setting?.limit),
    [...codes].sort().join('+'),
  ].join(';');
}

function bucket(value: number | null | undefined): string {
  if (value === undefined) {
    return '';
  }
  return value === null || value <= 0
    ? 'none'
    : `${Math.round(Math.log(value) / BUCKET)}`;
}

function samePart(a: string, b: string): boolean {
  const before = a.split(';');
  const after = b.split(';');
  return (
    before.length === after.length &&
    before.every((field, i) => {
      const apart = Math.abs(Number(field) - Number(after[i]));
      const numbers = field !== '' && after[i] !== '' && !Number.isNaN(apart);
      return numbers ? apart <= 1 : field === after[i];
    })
  );
}
