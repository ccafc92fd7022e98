import {
  CheckFinding,
  Worded,
  WordedFinding,
  Wording,
  toFinding,
  wordAll,
  wordInTurn,
  wordKubernetesCheck as word,
} from '@headroom/common';
import { KubeConfig } from '@kubernetes/client-node';
import { getJson } from '../client/ask';
import { apiStatusError } from '../client/failures';
import { KubernetesApiError } from '../client/KubernetesApiError';
import { LISTED_KINDS, ListedKind, pathOf, rulesFor } from './listed';
import { checkPodLabels, LabelsThere } from './podLabels';
import { checkToken } from './token';

/** What is asked next, or what was found. @public */
export type KubernetesCheckStep =
  | { kind: 'asking'; question: string; wording?: Wording }
  | { kind: 'finding'; finding: CheckFinding };

/** @public */
export interface CheckKubernetesOptions {
  signal: AbortSignal;
  /** Milliseconds one request may take. */
  timeoutMs: number;
  /** Default: the system's. */
  now?: () => Date;
  /** Keys of pod labels that configured links need; some twenty are looked for. */
  podLabels?: readonly string[];
}

/** Requests under way at once. */
const AT_ONCE = 4;

/** How many labels of pods are looked for; each takes a request. */
const MOST_LABELS = 20;

type Listing = { kind: ListedKind; failure?: KubernetesApiError };

/**
 * Asks a cluster's API server whether it answers and which of the kinds that the
 * inventory needs may be listed: one object of each, which takes the same right
 * as all of them.
 *
 * @throws the signal's reason when it aborts.
 * @public
 */
export async function* checkKubernetes(
  kubeConfig: KubeConfig,
  options: CheckKubernetesOptions,
): AsyncGenerator<KubernetesCheckStep> {
  yield asking(word('askAnswer'));
  const [first, ...rest] = LISTED_KINDS;
  const listed = [await list(kubeConfig, first, options)];
  const { failure } = listed[0];
  // A right or a kind that is missing says nothing of the others.
  const apart = failure?.status === 403 || failure?.status === 404;
  if (failure && (failure.line || !apart)) {
    yield found(unanswered(failure));
    return;
  }
  yield asking(word('askKinds'));
  for (let at = 0; at < rest.length; at += AT_ONCE) {
    listed.push(
      ...(await Promise.all(
        rest
          .slice(at, at + AT_ONCE)
          .map(kind => list(kubeConfig, kind, options)),
      )),
    );
  }
  const mayListPods = listed.some(
    ({ kind, failure: refused }) => kind.resource === 'pods' && !refused,
  );
  const { podLabels = [] } = options;
  let labels: WordedFinding[] = [];
  if (mayListPods && podLabels.length > 0) {
    yield asking(word('askLabels'));
    labels = checkPodLabels(
      await findPodLabels(kubeConfig, podLabels.slice(0, MOST_LABELS), options),
    );
  }
  for (const finding of [
    ...checkListed(listed),
    ...labels,
    ...checkToken(
      kubeConfig.getCurrentUser()?.token,
      (options.now ?? (() => new Date()))(),
    ),
  ]) {
    yield found(finding);
  }
}

/**
 * What is lost without a way to the Kubernetes API of a cluster.
 *
 * @public
 */
export function withoutKubernetes(cluster: string): CheckFinding {
  return toFinding({
    id: 'kubernetes-access',
    severity: 'missing',
    sentence: word('unconfigured', { cluster }),
    effect: word('accessEffect'),
    mend: {
      where: word('unconfiguredWhere', { cluster }),
      line: "kubernetes: { url: https://…, token: '${KUBERNETES_TOKEN}', caData: '${KUBERNETES_CA}' }",
    },
  });
}

async function list(
  kubeConfig: KubeConfig,
  kind: ListedKind,
  { signal, timeoutMs }: CheckKubernetesOptions,
): Promise<Listing> {
  const what = `${kind.resource} of cluster ${
    kubeConfig.getCurrentCluster()?.name
  }`;
  try {
    const answer = await getJson(kubeConfig, `${pathOf(kind)}?limit=1`, {
      signal,
      timeoutMs,
      what,
    });
    if (answer.status !== 200) {
      return { kind, failure: apiStatusError({ what }, answer) };
    }
    return isList(answer.body)
      ? { kind }
      : {
          kind,
          failure: new KubernetesApiError(
            `What answers for ${what} is no API server: it says 200 and no list. The configured URL must lead to the API server itself`,
            { failure: 'Unreadable' },
          ),
        };
  } catch (error) {
    if (error instanceof KubernetesApiError) {
      return { kind, failure: error };
    }
    throw error;
  }
}

async function findPodLabels(
  kubeConfig: KubeConfig,
  keys: readonly string[],
  options: CheckKubernetesOptions,
): Promise<LabelsThere> {
  const there = new Map<string, boolean | undefined>();
  for (let at = 0; at < keys.length; at += AT_ONCE) {
    const some = keys.slice(at, at + AT_ONCE);
    const answers = await Promise.all(
      some.map(key => hasPodLabel(kubeConfig, key, options)),
    );
    some.forEach((key, index) => there.set(key, answers[index]));
  }
  return there;
}

async function hasPodLabel(
  kubeConfig: KubeConfig,
  key: string,
  { signal, timeoutMs }: CheckKubernetesOptions,
): Promise<boolean | undefined> {
  const query = new URLSearchParams({ limit: '1', labelSelector: key });
  try {
    const { status, body } = await getJson(
      kubeConfig,
      `/api/v1/pods?${query}`,
      { signal, timeoutMs, what: 'pods with a label' },
    );
    // What is no key of a label is asked for in vain.
    if (status === 400) {
      return false;
    }
    return status === 200 && isList(body) ? body.items.length > 0 : undefined;
  } catch (error) {
    if (error instanceof KubernetesApiError) {
      return undefined;
    }
    throw error;
  }
}

function isList(body: unknown): body is { items: unknown[] } {
  return (
    typeof body === 'object' &&
    body !== null &&
    'items' in body &&
    Array.isArray(body.items)
  );
}

function checkListed(listed: Listing[]): WordedFinding[] {
  const allowed = listed.filter(({ failure }) => !failure);
  const absent = listed.filter(({ failure }) => failure?.status === 404);
  const forbidden = listed.filter(
    ({ failure, kind }) =>
      failure && (failure.status !== 404 || !kind.optional),
  );
  const missing = absent.filter(({ kind }) => kind.optional);
  const findings: WordedFinding[] = [];
  if (allowed.length > 0) {
    findings.push({
      id: 'kubernetes-lists',
      severity: 'right',
      sentence: wordInTurn(
        word('lists', { kinds: namesOf(allowed) }),
        ...(missing.length > 0
          ? [word('notInstalled', { kinds: namesOf(missing) })]
          : []),
      ),
    });
  }
  const byEffect = new Map<Worded, Listing[]>();
  for (const each of forbidden) {
    const { effect } = each.kind;
    byEffect.set(effect, [...(byEffect.get(effect) ?? []), each]);
  }
  for (const [effect, kinds] of byEffect) {
    const [{ failure, kind }] = kinds;
    findings.push({
      id: `kubernetes-${kind.resource}`,
      severity: 'missing',
      sentence:
        kinds.length === 1
          ? word('failure', { failure: failure?.message ?? '' })
          : word('cannotList', {
              kinds: namesOf(kinds),
              failure: failure?.message ?? '',
            }),
      effect,
      ...(failure?.status === 403 && {
        mend: {
          where: word('clusterRole'),
          line: rulesFor(kinds.map(each => each.kind)),
        },
      }),
    });
  }
  return findings;
}

function namesOf(listed: Listing[]): string | Worded {
  return wordAll(
    listed.map(({ kind }) => kind.resource),
    listed.length,
  );
}

function unanswered(failure: KubernetesApiError): WordedFinding {
  return {
    id: 'kubernetes-access',
    severity: 'missing',
    sentence: word('failure', { failure: failure.message }),
    effect: word('accessEffect'),
    ...(failure.line && {
      mend: { where: word('atCluster'), line: failure.line },
    }),
  };
}

function asking({ message, wording }: Worded): KubernetesCheckStep {
  return { kind: 'asking', question: message, wording };
}

function found(finding: WordedFinding): KubernetesCheckStep {
  return { kind: 'finding', finding: toFinding(finding) };
}
