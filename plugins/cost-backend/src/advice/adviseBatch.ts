import {
  adviceFingerprint,
  adviseContainer,
  ContainerAdvice,
  decodeDigest,
  RequestRule,
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
const utf8 = new TextEncoder();

/**
 * Advises the containers of a batch. Pure, and the heavy part: it runs off the
 * event loop. A container that can't be advised doesn't hold up the others.
 */
export function adviseBatch(run: AdviceRun, batch: AdviceBatch): AdviceAnswer {
  const digests = new Map<number, Uint8Array>();
  for (const { id, bytes } of copyRows(batch.digests)) {
    digests.set(id, bytes);
  }
  const answer: Omit<AdviceAnswer, 'details'> = { outcomes: [], failures: [] };
  let details = '';
  for (const subject of batch.subjects) {
    try {
      const bytes = digests.get(subject.id) ?? NO_BYTES;
      const { outcome, detail } = advise(run, subject, bytes);
      answer.outcomes.push(outcome);
      details += detail;
    } catch (error) {
      answer.failures.push({
        containerId: subject.id,
        message: error instanceof Error ? error.message : String(error),
      });
    }
  }
  return { ...answer, details: utf8.encode(details) };
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
    previous: subject.previous,
  });
  const summary = summarise(subject, advice);
  return {
    outcome: {
      containerId: subject.id,
      clusterId: subject.clusterId,
      cluster: subject.cluster,
      status: advice.status,
      listMicros: advice.money?.listMicros,
      heldMicros: advice.heldMoney?.listMicros,
      confidence: advice.confidence,
      fingerprint: adviceFingerprint(advice),
      throttledMinutes: summary.throttledMinutes?.current,
      oomKills: summary.oomKills?.current,
      cpuRule: ruleOf(advice),
      summary: JSON.stringify(summary),
      pools: poolShares(
        newest,
        run.lastDay,
        advice,
        subject.workload.kind === 'DaemonSet',
      ),
    },
    detail: `${run.id}\t${subject.id}\t${copyText(JSON.stringify(advice))}\n`,
  };
}

function ruleOf({ cpu: { rule } }: ContainerAdvice): RequestRule | undefined {
  return rule?.kind === 'daily-quantile'
    ? { days: rule.days, quantile: rule.quantile, margin: rule.margin }
    : undefined;
}

/** JSON as a field of COPY: of what is special there it has only backslashes. */
function copyText(json: string): string {
  return json.includes('\\') ? json.replaceAll('\\', '\\\\') : json;
}
