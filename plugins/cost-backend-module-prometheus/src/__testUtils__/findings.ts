import { CheckFinding } from '@headroom/common';

/** `wrong series-a` of each. */
export const short = (findings: CheckFinding[]) =>
  findings.map(({ id, severity }) => `${severity} ${id}`);

/** Every finding that isn't right says what it does; none leaks what it mustn't. */
export function expectWhole(findings: CheckFinding[]): void {
  for (const { severity, sentence, effect } of findings) {
    expect(sentence).toMatch(/\.$/);
    expect(sentence).not.toMatch(/undefined|NaN/);
    if (severity !== 'right') {
      expect(effect ?? sentence).toMatch(/\.$/);
    }
  }
}
