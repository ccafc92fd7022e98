import {
  adviceFingerprint,
  adviseContainer,
  decodeDigest,
  UsageDigest,
} from '@headroom/plugin-cost-common';
import { copyRows, lengthPrefixed } from './copyRows';
import { poolShares } from './poolShares';
import {
  AdviceAnswer,
  AdviceBatch,
  AdviceOutcome,
  AdviceRun,
  AdviceSubject,
} from './protocol';
import { summarise } from './summarise';

const NO_BYTES = new Uint8Array(0);

/**
 * Advises the containers of a batch. Pure, and the heavy part: it runs off the
 * event loop. A container that can't be advised doesn't hold up the others.
 */
export function adviseBatch(run: AdviceRun, batch: AdviceBatch): AdviceAnswer {
  const digests = new Map<number, Uint8Array>();
  for (const { id, bytes } of copyRows(batch.digests)) {
    digests.set(id, bytes);
  }
  const answer: AdviceAnswer = { outcomes: [], details: '', failures: [] };
  const details: string[] = [];
  for (const subject of batch.subjects) {
    try {
      const bytes = digests.get(subject.id) ?? NO_BYTES;
      const { outcome, detail } = advise(run, subject, bytes);
      answer.outcomes.push(outcome);
      details.push(detail);
    } catch (error) {
      answer.failures.push({
        containerId: subject.id,
        message: error instanceof Error ? error.message : String(error),
      });
    }
  }
  return { ...answer, details: `{${details.join(',')}}` };
}

function advise(
  run: AdviceRun,
  subject: AdviceSubject,
  bytes: Uint8Array,
): { outcome: AdviceOutcome; detail: string } {
  const digests = [...lengthPrefixed(bytes)].map(decodeDigest);
  const newest: UsageDigest | undefined = digests.at(-1);
  const advice = adviseContainer({
    cluster: subject.cluster,
    workload: subject.workload,
    container: subject.container,
    window: run.window,
    digests,
    spec: newest?.specs.at(-1)?.spec,
    facts: subject.facts,
    steering: subject.steering,
    appetite: subject.appetite,
    policy: run.policy,
    prices: subject.prices,
  });
  const summary = summarise(subject, advice);
  return {
    outcome: {
      containerId: subject.id,
      clusterId: subject.clusterId,
      status: advice.status,
      listMicros: advice.money?.listMicros,
      heldMicros: advice.heldMoney?.listMicros,
      confidence: advice.confidence,
      fingerprint: adviceFingerprint(advice),
      throttledMinutes: summary.throttledMinutes?.current,
      oomKills: summary.oomKills?.current,
      summary: JSON.stringify(summary),
      pools: poolShares(
        newest,
        run.lastDay,
        advice,
        subject.workload.kind === 'DaemonSet',
      ),
    },
    detail: arrayElement(JSON.stringify(advice)),
  };
}

/**
 * JSON as an element of PostgreSQL's text form of an array: quotes and
 * backslashes escaped, as JSON escapes them; other escapes JSON has none left.
 */
function arrayElement(json: string): string {
  return JSON.stringify(json);
}
