import assert from 'node:assert/strict';
import { KSM, node, NodeOptions, pod, said, usage } from '../cluster';
import { problemsOf, Seen } from '../observe';
import { Series } from '../series';
import { assertClose, assertWebIsRight } from './right';
import { Cases } from './types';

/** `node-2`, whose condition Ready is Unknown from one time to another. */
const unheard = (from?: number, to?: number, options: NodeOptions = {}) => [
  ...node({ name: 'node-2', ...options }),
  ...['true', 'false', 'unknown'].map(status =>
    said(
      KSM,
      'kube_node_status_condition',
      { node: 'node-2', condition: 'Ready', status },
      at =>
        Number(
          (status === 'unknown') ===
            (at > (from ?? -Infinity) && at <= (to ?? Infinity)),
        ),
    ),
  ),
];

const agent = pod({
  namespace: 'ops',
  name: 'agent-x',
  node: 'node-2',
  container: 'agent',
  requests: { cpu: 0.1 },
  owner: { kind: 'DaemonSet', name: 'agent' },
});

/** Dollars of both nodes in the second hour. */
const bill = ({ hours }: Seen) =>
  hours[1].nodes.reduce(
    (sum, { cost }) => sum + Number(cost.cpu + cost.memory) / 1e6,
    0,
  );

const charged = (series: Series[], codes: string[][]) => ({
  series: [...node(), ...pod(), ...usage(), ...series],
  check: (seen: Seen) => {
    assertWebIsRight(seen);
    assertClose(bill(seen), 2 * 0.384, 'the bill');
    codes.forEach((expected, hour) =>
      assert.deepEqual(problemsOf(seen, hour), expected, `hour ${hour}`),
    );
    for (const { code, message } of seen.observations.problems) {
      if (code === 'node-unheard') {
        assert.match(message, /as if they did: node-2\. .*kubectl delete node/);
      }
    }
  },
});

export const unheardNodes: Cases = {
  'a node that was deallocated before is charged and named': charged(
    unheard(),
    [['node-unheard'], ['node-unheard'], ['node-unheard']],
  ),
  'the same with a DaemonSet that is still said to run there': charged(
    [...unheard(), ...agent],
    [['node-unheard'], ['node-unheard'], ['node-unheard']],
  ),
  'a node that falls silent in the second hour is named from the third on':
    charged(unheard(4000), [[], [], ['node-unheard']]),
  'a node that is not ready for ten minutes is a node': charged(
    unheard(4000, 4600),
    [[], [], []],
  ),
  'a node that is measured runs, whatever the API server hears of it': charged(
    [
      ...unheard(),
      ...agent,
      ...usage({
        namespace: 'ops',
        pod: 'agent-x',
        container: 'agent',
        id: '/kubepods/podagent/agent',
        name: 'agent',
        cores: 0.05,
        gib: 0.1,
      }),
    ],
    [[], [], []],
  ),
};
