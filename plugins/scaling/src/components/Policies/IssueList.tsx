import { Notice } from '@headroom/react';
import { PolicyIssueView } from '@headroom/plugin-scaling-common';
import { useScalingWording } from '../../useScalingWording';

/** What is wrong with a policy, with the field that it is about. */
export function IssueList(props: { issues: readonly PolicyIssueView[] }) {
  const wordingOf = useScalingWording();
  return (
    <>
      {props.issues.map(({ path, severity, text }, index) => (
        <Notice key={`${path}-${index}`} severity={severity}>
          {path && <code>{path}: </code>}
          {wordingOf(text)}
        </Notice>
      ))}
    </>
  );
}
