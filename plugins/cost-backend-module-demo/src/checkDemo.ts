import { ClusterConfig, EndpointError } from '@headroom/plugin-clusters-node';
import { CheckFinding, HOUR_MS } from '@headroom/common';
import { NodeHour } from '@headroom/plugin-cost-common';
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
    sentence: `${cluster.title} is a simulation: a process of its own makes up what runs there.`,
    effect:
      'Nothing of it is billed; its figures are computed as those of a real cluster are.',
    mend: {
      where: `headroom.clusters, at ${cluster.name}, in place of demo`,
      line: 'prometheus: { url: https://… }',
    },
  });
  try {
    yield { kind: 'asking', question: 'Does the simulation answer?' };
    const { firstHour } = await client.get(cluster, 'info', infoSchema, {
      signal,
    });
    yield found({
      id: 'history',
      severity: 'right',
      sentence: `It answers, and has usage since ${firstHour.slice(0, 10)}.`,
    });

    yield { kind: 'asking', question: 'What ran in the last hour?' };
    const end = new Date(Math.floor(now.getTime() / HOUR_MS) * HOUR_MS);
    const usage = await client.get(cluster, 'usage', usageSchema, {
      signal,
      window: { start: new Date(end.getTime() - HOUR_MS), end },
    });
    if (usage.nodes.length === 0) {
      yield found({
        id: 'last-hour',
        severity: 'missing',
        sentence:
          'It has nothing of the last hour: its clock is another than that of the back end.',
        effect: 'Hours stay gaps until its clock has reached them.',
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
      sentence: `In the hour until ${end
        .toISOString()
        .slice(11, 16)} UTC it had ${usage.nodes.length} nodes, ${
        usage.containers.length
      } containers, ${
        usage.volumes.length
      } volumes and ${gpus} GPUs, with readings of ${
        measured.length
      } devices and parts of devices.`,
    });
    yield { kind: 'nodes', nodes: kindsOf(usage.nodes) };
  } catch (error) {
    // What it says in another form is an error of its own, with the same name.
    if (!(error instanceof EndpointError) && !isUnavailable(error)) {
      throw error;
    }
    yield found({
      id: 'unanswered',
      severity: 'wrong',
      sentence: `${error.message.replace(/\.?$/, '.')}`,
      effect: 'There are no costs of this cluster until it answers.',
      mend: { where: 'A shell in the repository', line: 'npm start' },
    });
  }
}

function isUnavailable(error: unknown): error is Error {
  return error instanceof Error && error.name === 'ServiceUnavailableError';
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

function found(finding: CheckFinding): CheckStep {
  return { kind: 'finding', finding };
}
