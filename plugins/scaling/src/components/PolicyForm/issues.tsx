import { PolicyIssue, PolicyIssueView } from '@headroom/plugin-scaling-common';
import { createContext, ReactNode, useContext, useMemo } from 'react';
import { useScalingWording } from '../../useScalingWording';

/** `schedules[0].windows[1].times.end`, as the back end writes it. */
export function pathText(path: ReadonlyArray<string | number>): string {
  return path
    .map((part, index) => {
      if (typeof part === 'number') {
        return `[${part}]`;
      }
      return index === 0 ? part : `.${part}`;
    })
    .join('');
}

/** What the rules say in the browser, as the back end says it. */
export function issueView(issue: PolicyIssue): PolicyIssueView {
  const { path, severity, text } = issue;
  return { path: pathText(path), severity, text };
}

/** The same sentence at the same field once. */
export function joinIssues(
  ...lists: ReadonlyArray<readonly PolicyIssueView[]>
): PolicyIssueView[] {
  const all = new Map<string, PolicyIssueView>();
  for (const issue of lists.flat()) {
    all.set(`${issue.path} ${issue.text.message}`, issue);
  }
  return [...all.values()];
}

/** What stands at a path of a policy. */
function valueAt(policy: object, path: string): unknown {
  return path
    .split(/[.[\]]+/)
    .filter(Boolean)
    .reduce<unknown>(
      (value, key) =>
        typeof value === 'object' && value !== null
          ? (value as Record<string, unknown>)[key]
          : undefined,
      policy,
    );
}

/** Whether a text of a policy was empty and still is. */
export function isEmptyStill(
  path: string,
  before: object,
  now: object,
): boolean {
  return valueAt(before, path) === '' && valueAt(now, path) === '';
}

const Context = createContext<readonly PolicyIssueView[]>([]);

/** Tells the fields below what is wrong with them. */
export function IssuesProvider(props: {
  issues: readonly PolicyIssueView[];
  children: ReactNode;
}) {
  return (
    <Context.Provider value={props.issues}>{props.children}</Context.Provider>
  );
}

/** What a field shows of what is wrong with it. */
export function useFieldIssue(path: string): {
  error: boolean;
  /** Undefined = nothing is wrong. */
  text?: string;
} {
  const issues = useContext(Context);
  const wordingOf = useScalingWording();
  return useMemo(() => {
    const own = issues.filter(issue => issue.path === path);
    return own.length === 0
      ? { error: false }
      : {
          error: own.some(({ severity }) => severity === 'error'),
          text: own.map(({ text }) => wordingOf(text)).join(' '),
        };
  }, [issues, path, wordingOf]);
}
