import { adviseContainer } from './adviseContainer';
import { adviceFingerprint, sameAdvice } from './fingerprint';
import { digestsOf, GIB, inputOf, SPEC } from './__testUtils__/builders';
import { AdviceInput } from './types';

const fingerprint = (
  cores: number,
  bytes: number,
  more?: Partial<AdviceInput>,
) =>
  adviceFingerprint(
    adviseContainer(
      inputOf({
        digests: digestsOf(28, { cpu: () => cores, memory: () => bytes }),
        ...more,
      }),
    ),
  );

describe('sameAdvice', () => {
  const dismissed = fingerprint(0.2, GIB);

  it('holds for the wiggle of a day, wherever a bucket ends', () => {
    for (let wiggle = 0.96; wiggle <= 1.04; wiggle += 0.005) {
      const today = fingerprint(0.2 * wiggle, GIB / wiggle);
      expect(sameAdvice(dismissed, today)).toBe(true);
    }
  });

  it.each([
    ['more CPU', fingerprint(0.25, GIB)],
    ['less memory', fingerprint(0.2, 0.85 * GIB)],
    ['another status', fingerprint(0.2, GIB, { steering: undefined })],
    [
      'another reason',
      fingerprint(0.2, GIB, {
        facts: { name: 'app', role: 'main', spec: SPEC, memoryVolumes: true },
      }),
    ],
    ['nothing left to do', fingerprint(1.9, 3.5 * GIB)],
  ])('ends with %s', (_, today) => {
    expect(sameAdvice(dismissed, today)).toBe(false);
  });

  it('does not stretch: small steps add up against the day of the decision', () => {
    let cores = 0.2;
    for (let step = 0; step < 4; step++) {
      cores *= 1.04;
    }
    expect(sameAdvice(dismissed, fingerprint(cores, GIB))).toBe(false);
  });
});
