import { findResource } from './resources';
import { fieldSelector, labelSelector } from './selectors';
import { KubeObject } from './types';

function pod(
  labels: Record<string, string> | undefined,
  more: Record<string, unknown> = {},
): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'a',
      namespace: 'shop',
      uid: 'u',
      creationTimestamp: '2026-01-05T00:00:00Z',
      labels,
    },
    ...more,
  };
}

const WEB = pod({ app: 'web', tier: 'front', 'example.com/zone': 'a' });
const API = pod({ app: 'api', empty: '' });
const BARE = pod(undefined);

describe('labelSelector', () => {
  it.each<[string | undefined, KubeObject[]]>([
    [undefined, [WEB, API, BARE]],
    ['', [WEB, API, BARE]],
    ['app=web', [WEB]],
    ['app==web', [WEB]],
    ['app!=web', [API, BARE]],
    ['app', [WEB, API]],
    ['!app', [BARE]],
    ['app in (web, api)', [WEB, API]],
    ['app in (web),tier=front', [WEB]],
    ['app notin (web)', [API, BARE]],
    ['app in (web,api),tier!=front', [API]],
    ['example.com/zone=a', [WEB]],
    ['empty=', [API]],
    // Not a label, though every object has it.
    ['constructor', []],
  ])('%s', (text, selected) => {
    expect([WEB, API, BARE].filter(labelSelector(text))).toEqual(selected);
  });

  it.each(['app=web=api', 'app in web', 'app in (web', '=web', 'a b', ','])(
    'refuses "%s"',
    text => {
      expect(() => labelSelector(text)).toThrow(
        expect.objectContaining({
          status: expect.objectContaining({ code: 400, reason: 'BadRequest' }),
        }),
      );
    },
  );
});

describe('fieldSelector', () => {
  const pods = findResource('', 'v1', 'pods')!;
  const nodes = findResource('', 'v1', 'nodes')!;
  const running = pod(undefined, {
    status: { phase: 'Running' },
    spec: { nodeName: 'n1' },
  });
  const pending = pod(undefined, { status: { phase: 'Pending' }, spec: {} });

  it.each<[string, KubeObject[]]>([
    ['status.phase=Running', [running]],
    ['status.phase!=Running', [pending]],
    ['spec.nodeName=', [pending]],
    ['metadata.name=a,spec.nodeName==n1', [running]],
    ['metadata.namespace=other', []],
  ])('%s', (text, selected) => {
    expect([running, pending].filter(fieldSelector(text, pods))).toEqual(
      selected,
    );
  });

  it('knows which fields a kind can be selected by', () => {
    expect(() => fieldSelector('spec.replicas=1', pods)).toThrow(
      'field label not supported: spec.replicas',
    );
    expect(() => fieldSelector('metadata.namespace=x', nodes)).toThrow(
      'field label not supported: metadata.namespace',
    );
    expect(() => fieldSelector('metadata.name', pods)).toThrow(
      'invalid selector',
    );
  });
});
