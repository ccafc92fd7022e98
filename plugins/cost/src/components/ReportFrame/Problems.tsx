import { SourceProblem } from '@headroom/common';
import { Notice, formatInstant } from '@headroom/react';
import { useCostWording } from '../../useCostWording';

/** What the sources said that can't be true, or couldn't say. Shown, never repaired in silence. */
export function Problems(props: {
  problems: SourceProblem[];
  timezone: string;
}) {
  const { problems, timezone } = props;
  const wordingOf = useCostWording();
  return (
    <>
      {problems.map((problem, index) => (
        <Notice key={`${problem.code}-${index}`} severity={problem.severity}>
          {wordingOf(problem)}
          {problem.subject && ` (${problem.subject})`}
          {problem.hour && ` \u2013 ${formatInstant(problem.hour, timezone)}`}
        </Notice>
      ))}
    </>
  );
}
