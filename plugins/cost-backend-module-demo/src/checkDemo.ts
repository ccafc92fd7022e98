import { ClusterConfig, EndpointError } from '@headroom/plugin-clusters-node';
import { HOUR_MS, Worded, WordedFinding, toFinding } from '@headroom/common';
import {
  NodeHour,
  wordClusterCheck as word,
} from '@headroom/plugin-cost-common';
import { CheckedNode, CheckStep } from '@headroom/plugin-cost-node';
import { infoSchema, usageSchema } from './schemas';
import { TelemetryClient } from './TelemetryClient';

/** What the demo cluster has, said as what it is. */
export async function* checkDemo(
  client: TelemetryClient,
  cluster: ClusterConfig,
  signal: AbortSignal,
  now: Date,
): AsyncGenerator<CheckStep> {
  yield found({
    id: 'simulation',
    severity: 'note',
    sentence: word('simulation', { cluster: cluster.title }),
    effect: word('simulationEffect'),
    mend: {
      where: word('inPlaceOfDemo', { cluster: cluster.name }),
      line: 'prometheus: { url: https://… }',
    },
  });
  try {
    yield asking(word('askSimulation'));
    const { firstHour } = await client.get(cluster, 'info', infoSchema, {
      signal,
    });
    yield found({
      id: 'history',
      severity: 'right',
      sentence: word('history', { since: firstHour.slice(0, 10) }),
    });

    yield asking(word('askLastHour'));
    const end = new Date(Math.floor(now.getTime() / HOUR_MS) * HOUR_MS);
    const usage = await client.get(cluster, 'usage', usageSchema, {
      signal,
      window: { start: new Date(end.getTime() - HOUR_MS), end },
    });
    if (usage.nodes.length === 0) {
      yield found({
        id: 'last-hour',
        severity: 'missing',
        sentence: word('lastHourAbsent'),
        effect: word('lastHourAbsentEffect'),
      });
      return;
    }
    const gpus = usage.nodes.reduce((sum, each) => sum + each.gpuDevices, 0);
    const measured = (usage.devices ?? []).filter(
      ({ basis }) => basis !== undefined,
    );
    yield found({
      id: 'last-hour',
      severity: 'right',
      sentence: word('lastHour', {
        until: end.toISOString().slice(11, 16),
        nodes: usage.nodes.length,
        containers: usage.containers.length,
        volumes: usage.volumes.length,
        gpus,
        measured: measured.length,
      }),
    });
    yield { kind: 'nodes', nodes: kindsOf(usage.nodes) };
  } catch (error) {
    if (!(error instanceof EndpointError)) {
      throw error;
    }
    yield found({
      id: 'unanswered',
      severity: 'wrong',
      sentence: error.said,
      effect: word('simulationSilentEffect'),
      mend: { where: word('shell'), line: 'npm start' },
    });
  }
}

function kindsOf(nodes: NodeHour[]): CheckedNode[] {
  const kinds = new Map<string, CheckedNode>();
  for (const node of nodes) {
    const { instanceType, region, capacityType } = node;
    const key = JSON.stringify([instanceType, region, capacityType]);
    const known = kinds.get(key);
    if (known) {
      known.count += 1;
    } else {
      kinds.set(key, { node, count: 1 });
    }
  }
  return [...kinds.values()];
}

function asking({ message, wording }: Worded): CheckStep {
  return { kind: 'asking', question: message, wording };
}

function found(finding: WordedFinding): CheckStep {
  return { kind: 'finding', finding: toFinding(finding) };
}
