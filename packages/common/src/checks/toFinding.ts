import { Said, Wording } from '../wording';
import { CheckFinding, CheckSeverity } from './clusterCheck';

/** Words, or names and paths that are the same in every language. @public */
export type Saying = string | Said;

/** A finding in words. @public */
export interface WordedFinding {
  id: string;
  severity: CheckSeverity;
  sentence: Saying;
  effect?: Saying;
  mend?: WordedMend;
}

/** Where a line belongs, in words, and the line. @public */
export interface WordedMend {
  where: Saying;
  line: string;
}

/**
 * A finding as it is told: the English sentences, and beside them what a page
 * words them from.
 *
 * @public
 */
export function toFinding({
  id,
  severity,
  sentence,
  effect,
  mend,
}: WordedFinding): CheckFinding {
  const wording = {
    ...wordingOf('sentence', sentence),
    ...wordingOf('effect', effect),
    ...wordingOf('where', mend?.where),
  };
  return {
    id,
    severity,
    sentence: textOf(sentence),
    ...(effect !== undefined && { effect: textOf(effect) }),
    ...(mend && { mend: { where: textOf(mend.where), line: mend.line } }),
    ...(Object.keys(wording).length > 0 && { wording }),
  };
}

function textOf(saying: Saying): string {
  return typeof saying === 'string' ? saying : saying.message;
}

function wordingOf(
  part: string,
  saying: Saying | undefined,
): Record<string, Wording> {
  return typeof saying === 'object' && saying.wording
    ? { [part]: saying.wording }
    : {};
}
