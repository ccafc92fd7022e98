import { ActingEngine, EngineChange } from '@headroom/plugin-controllers-node';
import { sayReport } from '@headroom/plugin-scaling-common';
import { Notice } from '../database/NoticeStore';
import { Notices } from './Notices';

/** What owners are told of, once each. */
const TOLD = [
  'refused',
  'unresolved',
  'contested',
  'undone',
  'verified',
] as const;
const NOT_READY = sayReport('notReady', {
  ready: 0,
  wanted: 0,
  minutes: 0,
}).wording.key;

/** Tells owners of what went otherwise than it should. */
export async function tellOwners(
  changes: readonly EngineChange[],
  { engine, notices }: { engine: ActingEngine; notices: Notices },
): Promise<void> {
  for (const { what, actionId } of changes) {
    const topic = TOLD.find(each => each === what);
    if (topic && actionId) {
      const notice = await noticeOf(topic, actionId, engine);
      if (notice) {
        await notices.tell(notice, (key, tx) => engine.once(key, tx));
      }
    }
  }
}

async function noticeOf(
  what: (typeof TOLD)[number],
  actionId: string,
  engine: ActingEngine,
): Promise<Notice | undefined> {
  const plan = await engine.plans.ofAction(actionId);
  const action = plan?.actions.find(({ id }) => id === actionId);
  if (!plan || !action?.entityRef) {
    return undefined; // nobody's
  }
  const { entityRef, subject } = action;
  const reason = action.remark?.message ?? action.reason.message;
  const of = { entityRef, scope: `${what}:${entityRef}:${subject}` };
  switch (what) {
    case 'refused':
      return {
        ...of,
        key: `failed:${actionId}`,
        topic: 'failed',
        severity: 'high',
        title: sayReport('toldFailed', { subject, reason }).message,
      };
    case 'unresolved':
      return {
        ...of,
        key: `unresolved:${actionId}`,
        topic: 'failed',
        severity: 'high',
        title: sayReport('toldUnresolved', { subject }).message,
      };
    case 'verified':
      return action.remark?.wording?.key === NOT_READY
        ? {
            ...of,
            key: `not-ready:${actionId}`,
            topic: 'failed',
            severity: 'high',
            title: sayReport('toldNotReady', { subject, reason }).message,
          }
        : undefined;
    case 'undone':
      return {
        ...of,
        key: `undone:${actionId}`,
        topic: 'undone',
        severity: 'normal',
        title: sayReport('toldUndone', { subject, reason }).message,
      };
    default: {
      const contests = await engine.contests.list({ policyId: plan.policyId });
      const contest = contests.find(each => each.subject === subject);
      return contest
        ? {
            ...of,
            key: `contested:${contest.policyId}:${contest.targetKey}:${contest.contestedAt}`,
            topic: 'contested',
            severity: 'high',
            title: sayReport('toldContested', {
              manager: contest.manager,
              policy: plan.policyTitle,
              subject,
            }).message,
            ...(contest.mend && { description: contest.mend }),
          }
        : undefined;
    }
  }
}
