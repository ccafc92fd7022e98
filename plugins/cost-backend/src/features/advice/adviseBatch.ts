import {
  adviceFingerprint,
  AdviceInput,
  adviseContainer,
  ContainerAdvice,
  ContainerNeed,
  decodeDigest,
  needOf,
  needsOthers,
  RequestRule,
  UsageDigest,
} from '@headroom/plugin-cost-common';
import { adviceDetailLine } from '../../database/adviceDetailLine';
import { copyRows, lengthPrefixed } from '../../database/copyRows';
import { largestNode } from './largestNode';
import { poolShares } from './poolShares';
import { AdviceBatch, AdviceRun, AdviceSubject } from './protocol';
import { AdviceAnswer, AdviceOutcome } from '../../database/adviceOutcome';
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
  const details: string[] = [];
  for (const workload of byWorkload(batch.subjects)) {
    for (const input of inputsOf(run, workload, digests, answer.failures)) {
      attempt(input.subject, answer.failures, () => {
        const { outcome, detail } = advise(run, input);
        answer.outcomes.push(outcome);
        details.push(detail);
      });
    }
  }
  return { ...answer, details: utf8.encode(details.join('')) };
}

/** A container, what is known of it, and its newest digest. */
interface SubjectInput {
  subject: AdviceSubject;
  input: AdviceInput;
  newest: UsageDigest | undefined;
}

/** Containers of one workload, which may have to be advised together. */
function byWorkload(subjects: readonly AdviceSubject[]): AdviceSubject[][] {
  const groups = new Map<string, AdviceSubject[]>();
  for (const subject of subjects) {
    const { namespace, kind, name } = subject.workload;
    const key = `${subject.clusterId}\0${namespace}\0${kind}\0${name}`;
    const known = groups.get(key);
    if (known) {
      known.push(subject);
    } else {
      groups.set(key, [subject]);
    }
  }
  return [...groups.values()];
}

/** One that can't be read or advised doesn't hold up the others. */
function attempt(
  subject: AdviceSubject,
  failures: AdviceAnswer['failures'],
  work: () => void,
): void {
  try {
    work();
  } catch (error) {
    failures.push({
      containerId: subject.id,
      message: error instanceof Error ? error.message : String(error),
    });
  }
}

function inputsOf(
  run: AdviceRun,
  subjects: readonly AdviceSubject[],
  digests: ReadonlyMap<number, Uint8Array>,
  failures: AdviceAnswer['failures'],
): SubjectInput[] {
  const all: SubjectInput[] = [];
  for (const subject of subjects) {
    attempt(subject, failures, () =>
      all.push(toInput(run, subject, digests.get(subject.id) ?? NO_BYTES)),
    );
  }
  if (!all.some(({ input }) => needsOthers(input))) {
    return all;
  }
  const needs = new Map<SubjectInput, ContainerNeed>();
  for (const each of all) {
    attempt(each.subject, failures, () => needs.set(each, needOf(each.input)));
  }
  return all
    .filter(each => needs.has(each))
    .map(each => ({
      ...each,
      input: {
        ...each.input,
        others: [...needs].flatMap(([of, need]) => (of === each ? [] : need)),
      },
    }));
}

function toInput(
  run: AdviceRun,
  subject: AdviceSubject,
  bytes: Uint8Array,
): SubjectInput {
  const digests = [...lengthPrefixed(bytes)].map(decodeDigest);
  const node = largestNode(run.nodes, subject.clusterId, digests);
  // An hour in which a pod was only still listed has no spec.
  const specs = digests.findLast(digest => digest.specs.length > 0)?.specs;
  return {
    subject,
    newest: digests.at(-1),
    input: {
      cluster: subject.cluster,
      workload: subject.workload,
      container: subject.container,
      window: run.window,
      digests,
      spec: specs?.at(-1)?.spec,
      facts: subject.facts,
      steering: subject.steering,
      limits: subject.limits,
      ...(node && { node }),
      appetite: subject.appetite,
      policy: run.policy,
      prices: subject.prices,
      previous: subject.previous,
    },
  };
}

function advise(
  run: AdviceRun,
  { subject, input, newest }: SubjectInput,
): { outcome: AdviceOutcome; detail: string } {
  const advice = adviseContainer(input);
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
    detail: adviceDetailLine(run.id, subject.id, advice),
  };
}

function ruleOf({ cpu: { rule } }: ContainerAdvice): RequestRule | undefined {
  return rule?.kind === 'daily-quantile'
    ? { days: rule.days, quantile: rule.quantile, margin: rule.margin }
    : undefined;
}
