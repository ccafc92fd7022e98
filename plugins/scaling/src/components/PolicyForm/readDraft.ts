import {
  Policy,
  PolicyIssueView,
  readPolicy,
} from '@headroom/plugin-scaling-common';
import { issueView, joinIssues } from './issues';

/** In place of what isn't said yet. */
const UNSAID = 'new';

/** A draft in which what isn't said yet keeps nothing else from being checked. */
function filled(draft: Policy): Policy {
  const { scope } = draft;
  return {
    ...draft,
    title: draft.title || UNSAID,
    scope: Object.values(scope).includes('') ? { type: 'all' } : scope,
  };
}

/** What the rules in the browser say of a policy that is being typed. */
export function readDraft(
  draft: Policy,
  nowMs: number,
): {
  issues: PolicyIssueView[];
  /** What its week can be drawn from; undefined = its times can't be read yet. */
  readable?: Policy;
  /** What the back end can be asked about; undefined = it isn't said what it is for. */
  previewable?: Policy;
} {
  const policy = { ...draft, id: draft.id || UNSAID };
  const rest = filled(policy);
  const ofAll = readPolicy(policy, { nowMs });
  const ofRest = readPolicy(rest, { nowMs });
  return {
    issues: joinIssues(
      ofAll.issues.map(issueView),
      ofRest.issues.map(issueView),
    ),
    readable: ofRest.policy,
    previewable: rest.scope === policy.scope ? ofRest.policy : undefined,
  };
}
