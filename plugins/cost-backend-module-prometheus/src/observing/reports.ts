import { SourceProblem, Worded, wordInTurn } from '@headroom/common';
import {
  GpuLayoutProblem,
  NodeHour,
  podPlatformOf,
  wordPrometheus,
} from '@headroom/plugin-cost-common';
import { HOUR_SECONDS } from '../reading/HourWindow';
import { Problems } from '../reading/Problems';
import { MISSING, MissingCode } from '../series/codes';
import { wordMend, wordMissing } from '../series/mends';
import { HourUsage } from './usage/containerUsage';
import { SilentNode } from './usage/silentNodes';

const ALLOWLIST_FLAG = '--metric-labels-allowlist=pods=[*],nodes=[*]';

/** A scrape or two that failed change an amount less than other errors do. */
const WHOLE_SHARE = 0.95;

/** Says when an exporter was scraped for a part of an hour. */
export function reportScraped(
  problems: Problems,
  hour: string,
  exporter: string | Worded,
  seconds: number,
): void {
  if (seconds < HOUR_SECONDS) {
    problems.say(
      {
        code: 'partial-hour',
        severity: seconds < WHOLE_SHARE * HOUR_SECONDS ? 'warning' : 'info',
        hour,
      },
      wordPrometheus('scrapedInPart', {
        exporter,
        minutes: Math.round(seconds / 60),
      }),
      scraped => wordPrometheus('partialHour', { scraped }),
    );
  }
}

/**
 * Says that a series is missing in an hour that money depends on.
 *
 * @param of - `subject`: what it is missing of, where it is not missing
 * altogether; `excuse`: when that is right
 */
export function reportMissing(
  problems: Problems,
  hour: string,
  code: MissingCode,
  { subject, excuse }: { subject?: string; excuse?: Worded } = {},
): void {
  const series = MISSING[code];
  problems.say(
    { code, severity: excuse ? 'info' : 'warning', hour },
    subject ?? series,
    subjects =>
      wordInTurn(
        wordAbsence(series, {
          subjects: subject === undefined ? undefined : subjects,
          excuse,
        }),
        wordMissing(code),
      ),
  );
}

function wordAbsence(
  series: string,
  { subjects, excuse }: { subjects?: string | Worded; excuse?: Worded },
): Worded {
  if (excuse) {
    return wordPrometheus('missingUnless', { series, excuse });
  }
  return subjects === undefined
    ? wordPrometheus('missing', { series })
    : wordPrometheus('missingOf', { series, subjects });
}

/**
 * Says on which nodes containers ran while their cAdvisor was silent; a remark where
 * usage decides no amount.
 */
export function reportSilentNode(
  problems: Problems,
  hour: string,
  { node, ranSeconds, seenSeconds }: SilentNode,
  severity: SourceProblem['severity'],
): void {
  const minutes = (seconds: number) => Math.round(seconds / 60);
  const mend = wordPrometheus('scrapeEachKubelet');
  if (seenSeconds === 0) {
    problems.say({ code: 'node-unmeasured', severity, hour }, node, nodes =>
      wordInTurn(wordPrometheus('nodesUnmeasured', { nodes }), mend),
    );
    return;
  }
  problems.say(
    { code: 'no-usage-of-node', severity, hour },
    wordPrometheus('nodeInPart', {
      node,
      read: minutes(seenSeconds),
      ran: minutes(ranSeconds),
    }),
    nodes => wordInTurn(wordPrometheus('nodesMeasuredInPart', { nodes }), mend),
  );
}

type SetAsideSentence =
  | 'tooHighReplaced'
  | 'tooHighUnknown'
  | 'tooLowReplaced'
  | 'tooLowUnknown';

/** Says which readings of a container's usage were left out, and what was taken in their place. */
export function reportSetAside(
  problems: Problems,
  hour: string,
  container: string,
  { setAside: { tooHigh, tooLow }, coreSeconds, byteSeconds }: HourUsage,
): void {
  const isReplaced = Boolean(coreSeconds && byteSeconds);
  const say = (sentence: SetAsideSentence) =>
    problems.say(
      { code: 'usage-impossible', severity: 'warning', hour },
      container,
      containers => wordPrometheus(sentence, { containers }),
    );
  if (tooHigh > 0) {
    say(isReplaced ? 'tooHighReplaced' : 'tooHighUnknown');
  }
  if (tooLow > 0) {
    say(isReplaced ? 'tooLowReplaced' : 'tooLowUnknown');
  }
}

/** Says which labels are missing in an hour that links and prices depend on. */
export function reportLabels(
  problems: Problems,
  hour: string,
  nodes: NodeHour[],
  podLabelsReported: boolean,
): void {
  if (!podLabelsReported) {
    problems.say(
      { code: 'no-pod-labels', severity: 'warning', hour },
      'kube_pod_labels',
      () => wordPrometheus('noPodLabels', { flag: ALLOWLIST_FLAG }),
    );
  }
  // What is billed by its pods needs no type.
  const unknown = nodes.filter(
    node => !node.instanceType && !podPlatformOf(node),
  );
  for (const { node } of unknown) {
    problems.say(
      { code: 'no-instance-type', severity: 'warning', hour },
      node,
      named =>
        wordPrometheus('noInstanceType', {
          nodes: named,
          flag: ALLOWLIST_FLAG,
        }),
    );
  }
}

/** Says that a node's capacity isn't known. */
export function reportNoCapacity(
  problems: Problems,
  hour: string,
  node: string,
): void {
  problems.say(
    { code: 'node-without-capacity', severity: 'error', hour },
    node,
    nodes =>
      wordPrometheus('nodeWithoutCapacity', {
        nodes,
        mend: wordMend('kube_node_status_capacity'),
      }),
  );
}

/** A pod that is listed no longer than this where its node is gone is about to be collected. */
const ABOUT_TO_GO = 600;

/** Says that a pod was seen by cAdvisor alone, or is listed on a node that is not. */
export function reportNoNode(
  problems: Problems,
  hour: string,
  pod: string,
  { node, seconds }: { node: string; seconds: number },
): void {
  const severity = seconds > ABOUT_TO_GO ? 'warning' : 'info';
  problems.say({ code: 'pod-without-node', severity, hour }, pod, pods =>
    node
      ? wordPrometheus('podsOnUnknownNodes', { pods })
      : wordPrometheus('unlistedPods', { pods }),
  );
}

/** Boards that KAI reserves, while nobody tells for whom: they are charged to the pod that reserves them. */
export function reportUntoldFractions(
  problems: Problems,
  hour: string,
  nodes: readonly string[],
): void {
  for (const node of nodes) {
    problems.say(
      { code: 'gpu-fractions-untold', severity: 'warning', hour },
      node,
      named =>
        wordPrometheus('fractionsUntold', {
          nodes: named,
          annotations:
            '--metric-annotations-allowlist=pods=[gpu-fraction,gpu-memory,gpu-fraction-num-devices,gpu-fraction-container-name]',
          labels: '--metric-labels-allowlist=pods=[runai-gpu-group]',
        }),
    );
  }
}

/** Passes on what the layout of a node's GPUs leaves open. */
export function reportLayout(
  problems: Problems,
  hour: string,
  node: string,
  layout: readonly GpuLayoutProblem[],
): void {
  for (const found of layout) {
    problems.say(
      { code: found.code, severity: 'warning', hour },
      node,
      subjects => wordPrometheus('foundOf', { found, subjects }),
    );
  }
}
