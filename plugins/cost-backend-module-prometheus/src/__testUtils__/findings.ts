import { inEnglish } from '@headroom/plugin-cost-common/testUtils';
import { CheckFinding, WordedFinding, toFinding } from '@headroom/common';

/** `wrong series-a` of each. */
export const short = (findings: CheckFinding[]) =>
  findings.map(({ id, severity }) => `${severity} ${id}`);

/**
 * Every finding that isn't right says what it does; none leaks what it
 * mustn't; a page words it as it is said.
 */
export function expectWhole(findings: CheckFinding[]): void {
  for (const { severity, sentence, effect, mend, wording } of findings) {
    expect(sentence).toMatch(/\.$/);
    expect(sentence).not.toMatch(/undefined|NaN/);
    if (severity !== 'right') {
      expect(effect ?? sentence).toMatch(/\.$/);
    }
    expect(inEnglish(wording?.sentence)).toBe(sentence);
    expect(inEnglish(wording?.effect)).toBe(effect);
    if (wording?.where) {
      expect(inEnglish(wording.where)).toBe(mend?.where);
    }
  }
}

/** A check whose findings are told in English. */
export const toldEach =
  <TGiven extends unknown[]>(check: (...given: TGiven) => WordedFinding[]) =>
  (...given: TGiven): CheckFinding[] =>
    check(...given).map(toFinding);

/** A check whose one finding is told in English. */
export const told =
  <TGiven extends unknown[]>(check: (...given: TGiven) => WordedFinding) =>
  (...given: TGiven): CheckFinding =>
    toFinding(check(...given));
