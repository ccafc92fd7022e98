import { LoggerService } from '@backstage/backend-plugin-api';
import {
  ClusterConfig,
  createEndpointClient,
  EndpointClient,
  EndpointError,
} from '@headroom/plugin-clusters-node';
import { HOUR_MS, WordedFinding, Worded, toFinding } from '@headroom/common';
import {
  wordOpenCost,
  wordOpenCostCheck as word,
} from '@headroom/plugin-cost-common';
import { CheckStep } from '@headroom/plugin-cost-node';
import { z } from 'zod';
import { readNodeAssets } from '../answer/readNodeAssets';
import { rfc3339Of, Span } from '../answer/span';
import { askAssets, askByContainer, askCoarse, Question } from '../ask';
import { openCostSection } from '../openCostSection';
import { checkCoarse } from './coarse';
import { checkNodeAssets } from './nodeAssets';

/** A question of a check may take so long: each makes OpenCost ask its Prometheus much. */
const TIMEOUT_MS = 30_000;
/** An hour counts as over so long after its end. */
const SETTLE_MS = 600_000;
const HOURS = 2;
/** Containers of one namespace are looked at. */
const MAX_BYTES = 8 * 2 ** 20;
/** The same filter as OpenCost, and as Kubecost before 2.0, has it. */
const ONE_NAMESPACE = {
  filter: 'namespace:"kube-system"',
  filterNamespaces: 'kube-system',
};

const installInfo = z.object({ version: z.string().optional() });

/** @internal */
export interface OpenCostCheck {
  cluster: ClusterConfig;
  currency: string;
  logger: LoggerService;
  signal: AbortSignal;
  now: () => Date;
}

/**
 * Asks an OpenCost or a Kubecost what it has of a cluster, in four or five
 * questions about the last two hours.
 *
 * @internal
 */
export async function* checkOpenCost(
  check: OpenCostCheck,
): AsyncGenerator<CheckStep> {
  const { cluster, currency, signal } = check;
  const endpoint = openCostSection.of(cluster);
  if (!endpoint) {
    return;
  }
  const what = wordOpenCost('openCostOf', { cluster: cluster.name });
  const client = createEndpointClient(
    { ...endpoint, timeoutMs: Math.min(TIMEOUT_MS, endpoint.timeoutMs) },
    { name: what, kind: openCostSection.key, logger: check.logger },
  );
  const span = lastHours(check.now());
  const question: Question = {
    client,
    window: `${rfc3339Of(span.start)},${rfc3339Of(span.end)}`,
    signal,
    what,
  };
  try {
    yield asking(word('askHours'));
    const before = check.now().getTime();
    const coarse = await askCoarse(question);
    const seconds = (check.now().getTime() - before) / 1000;
    yield found(answered(await versionOf(client, signal), seconds));
    yield* checkCoarse(coarse, span, HOURS, cluster.name, what).map(found);

    yield asking(word('askContainers'));
    yield found(await grain({ ...question, filter: ONE_NAMESPACE }));

    yield asking(word('askNodes'));
    const assets = await askAssets(question);
    yield* (
      assets === undefined
        ? [withoutAssets()]
        : checkNodeAssets(
            readNodeAssets(assets, span, cluster.region ?? '', what).nodes,
          )
    ).map(found);
    yield found({
      id: 'currency',
      severity: 'note',
      sentence: word('currency', { currency }),
      effect: word('currencyEffect'),
      mend: { where: 'headroom.opencost', line: `currency: ${currency}` },
    });
  } catch (error) {
    if (!(error instanceof EndpointError)) {
      throw error;
    }
    yield found(unanswered(error));
  }
}

function lastHours(now: Date): Span {
  const end = Math.floor((now.getTime() - SETTLE_MS) / HOUR_MS) * HOUR_MS;
  return { start: end - HOURS * HOUR_MS, end };
}

function answered(version: string | undefined, seconds: number): WordedFinding {
  const slow = seconds > TIMEOUT_MS / 2000;
  const said = { hours: HOURS, seconds: seconds.toFixed(1) };
  const sentence = version
    ? word('answersAs', { ...said, version })
    : word('answers', said);
  return slow
    ? {
        id: 'answers',
        severity: 'note',
        sentence,
        effect: word('slowEffect'),
        mend: {
          where: word('openCostOfCluster'),
          line: 'timeoutSeconds: 120',
        },
      }
    : { id: 'answers', severity: 'right', sentence };
}

/** Undefined where it doesn't say; a Kubecost behind `/model` may not. */
async function versionOf(
  client: EndpointClient,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    const answer = installInfo.safeParse(
      await client.getJson('/installInfo', {}, { signal, maxBytes: 2 ** 20 }),
    );
    return /^v?\d+\.\d+(\.\d+)?/.exec(answer.data?.version ?? '')?.[0];
  } catch (error) {
    if (error instanceof EndpointError) {
      return undefined;
    }
    throw error;
  }
}

async function grain(question: Question): Promise<WordedFinding> {
  const id = 'by-container';
  try {
    const { grouping } = await askByContainer(
      { ...question, maxBytes: MAX_BYTES },
      false,
    );
    return grouping
      ? {
          id,
          severity: 'right',
          sentence: word('byContainerTold'),
        }
      : { id, severity: 'right', sentence: word('byContainer') };
  } catch (error) {
    if (!(error instanceof EndpointError)) {
      throw error;
    }
    if (error.failure === 'too-large') {
      return {
        id,
        severity: 'note',
        sentence: word('byContainerUnseen'),
        effect: word('byContainerUnseenEffect'),
      };
    }
    return {
      id,
      severity: 'wrong',
      sentence: error.said,
      effect: word('noneBooked'),
      mend: {
        where: word('readPrometheus'),
        line: 'prometheus: { url: … }',
      },
    };
  }
}

function withoutAssets(): WordedFinding {
  return {
    id: 'assets',
    severity: 'missing',
    sentence: word('assetsAbsent'),
    effect: word('assetsAbsentEffect'),
    mend: {
      where: word('newImage'),
      line: 'ghcr.io/opencost/opencost:1.117.3',
    },
  };
}

function unanswered({ said, line }: EndpointError): WordedFinding {
  return {
    id: 'unanswered',
    severity: 'wrong',
    sentence: said,
    effect: word('noCostsYet'),
    ...(line && {
      mend: { where: word('openCostOfCluster'), line },
    }),
  };
}

function asking({ message, wording }: Worded): CheckStep {
  return { kind: 'asking', question: message, wording };
}

function found(finding: WordedFinding): CheckStep {
  return { kind: 'finding', finding: toFinding(finding) };
}
