import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { accessTo, SERVER, status, WEB, writer } from './__testUtils__/access';
import { KubernetesWriter } from './KubernetesWriter';

const { signal } = new AbortController();
const PATH = `${SERVER}/apis/apps/v1/namespaces/shop/deployments/web`;
const POD = { namespace: 'shop', name: 'web-1' };
const EVICTION = `${SERVER}/api/v1/namespaces/shop/pods/web-1/eviction`;
const precondition = { uid: 'u-1', resourceVersion: '42' };

interface Written {
  method: string;
  path: string;
  query: Record<string, string>;
  type: string | null;
  by: string | null;
  body: unknown;
}

let written: Written[] = [];
let answer: () => Response | Promise<never>;
const api = setupServer(
  http.all(`${SERVER}/*`, async ({ request }) => {
    const { pathname, searchParams } = new URL(request.url);
    written.push({
      method: request.method,
      path: pathname,
      query: Object.fromEntries(searchParams),
      type: request.headers.get('content-type'),
      by: request.headers.get('authorization'),
      body: await request.json(),
    });
    return answer();
  }),
);

beforeAll(() => api.listen({ onUnhandledRequest: 'error' }));
beforeEach(() => {
  written = [];
  answer = () => HttpResponse.json({ done: true });
});
afterAll(() => api.close());

const refusing = (code: number, reason: string, details?: object) => {
  answer = () =>
    HttpResponse.json(status(code, reason, details), { status: code });
};

const scale = (options: { timeoutMs?: number } = {}) =>
  writer(options)
    .scale(WEB, 3, { precondition, signal })
    .then(
      () => 'done',
      error => error,
    );

describe('KubernetesWriter', () => {
  it('is none without an identity that acts', () => {
    const access = accessTo({ acting: false });
    expect(KubernetesWriter.of(access, 'us-west')).toBeUndefined();
  });

  it('applies fields as the identity that acts, under its field manager', async () => {
    const spec = { replicas: 3 };
    expect(
      await writer().apply(
        WEB,
        { metadata: { labels: { a: 'b' } }, spec },
        { signal },
      ),
    ).toEqual({ done: true });
    await writer().apply(
      WEB,
      { spec },
      { signal, precondition, force: true, dryRun: true },
    );
    const object = { apiVersion: 'apps/v1', kind: 'Deployment' };
    const ref = { namespace: 'shop', name: 'web' };
    expect(written).toEqual([
      {
        method: 'PATCH',
        path: new URL(PATH).pathname,
        query: {
          fieldManager: 'headroom',
          fieldValidation: 'Strict',
          force: 'false',
        },
        type: 'application/apply-patch+yaml',
        by: 'Bearer acts',
        body: { ...object, metadata: { ...ref, labels: { a: 'b' } }, spec },
      },
      expect.objectContaining({
        query: {
          fieldManager: 'headroom',
          fieldValidation: 'Strict',
          force: 'true',
          dryRun: 'All',
        },
        body: { ...object, metadata: { ...ref, ...precondition }, spec },
      }),
    ]);
  });

  it.each([
    ['merge', 'application/merge-patch+json'],
    ['strategic', 'application/strategic-merge-patch+json'],
  ] as const)('patches what is known by its uid: %s', async (type, media) => {
    const patch = { metadata: { labels: { a: null } }, spec: { paused: true } };
    await writer().patch(WEB, { type, patch }, { precondition, signal });
    expect(written).toMatchObject([
      {
        type: media,
        query: { fieldManager: 'headroom' },
        body: {
          metadata: { labels: { a: null }, ...precondition },
          spec: { paused: true },
        },
      },
    ]);
  });

  it('patches what is known by its uid: json', async () => {
    const remove = { op: 'remove', path: '/spec/paused' } as const;
    for (const one of [precondition, { uid: 'u-1' }]) {
      await writer().patch(
        WEB,
        { type: 'json', operations: [remove] },
        { precondition: one, signal },
      );
    }
    const uid = { op: 'add', path: '/metadata/uid', value: 'u-1' };
    expect(written.map(({ type, body }) => [type, body])).toEqual([
      [
        'application/json-patch+json',
        [
          remove,
          uid,
          { op: 'add', path: '/metadata/resourceVersion', value: '42' },
        ],
      ],
      ['application/json-patch+json', [remove, uid]],
    ]);
  });

  it('scales and evicts', async () => {
    answer = () =>
      HttpResponse.json({
        kind: 'Scale',
        metadata: { resourceVersion: '43' },
        spec: { replicas: 3 },
      });
    expect(await writer().scale(WEB, 3, { precondition, signal })).toEqual({
      replicas: 3,
      resourceVersion: '43',
    });
    await writer().evict(POD, {
      precondition: { uid: 'u-2' },
      gracePeriodSeconds: 5,
      dryRun: true,
      signal,
    });
    expect(written).toMatchObject([
      {
        method: 'PATCH',
        path: `${new URL(PATH).pathname}/scale`,
        type: 'application/merge-patch+json',
        body: { metadata: precondition, spec: { replicas: 3 } },
      },
      {
        method: 'POST',
        path: new URL(EVICTION).pathname,
        type: 'application/json',
        query: { dryRun: 'All' },
        body: {
          apiVersion: 'policy/v1',
          kind: 'Eviction',
          metadata: POD,
          deleteOptions: {
            preconditions: { uid: 'u-2' },
            gracePeriodSeconds: 5,
          },
        },
      },
    ]);
  });

  it('knows a scale to zero, of which the number is left out, and what is no scale', async () => {
    answer = () =>
      HttpResponse.json({ metadata: { resourceVersion: '43' }, spec: {} });
    expect(
      await writer().scale(WEB, 0, { precondition, signal }),
    ).toMatchObject({ replicas: 0 });
    answer = () => HttpResponse.json({ kind: 'Scale' });
    expect(await scale()).toMatchObject({
      failure: 'Unreadable',
      uncertain: true,
    });
  });

  it('resizes containers of a pod in place, and leaves what it does not name', async () => {
    answer = () => HttpResponse.json({ metadata: { uid: 'u-1' } });
    await writer().resize(
      POD,
      [{ name: 'main', requests: { cpu: '250m' }, limits: { cpu: null } }],
      { precondition, dryRun: true, signal },
    );
    expect(written).toMatchObject([
      {
        method: 'PATCH',
        path: '/api/v1/namespaces/shop/pods/web-1/resize',
        type: 'application/strategic-merge-patch+json',
        query: {
          dryRun: 'All',
          fieldManager: 'headroom',
          fieldValidation: 'Strict',
        },
        body: {
          metadata: precondition,
          spec: {
            containers: [
              {
                name: 'main',
                resources: { requests: { cpu: '250m' }, limits: { cpu: null } },
              },
            ],
          },
        },
      },
    ]);
  });

  it('fences off a former leader by a write that moves the version on', async () => {
    await writer().fence(WEB, 12, { precondition, signal });
    expect(written).toMatchObject([
      {
        method: 'PATCH',
        path: new URL(PATH).pathname,
        type: 'application/merge-patch+json',
        body: {
          metadata: {
            ...precondition,
            annotations: { 'headroom.io/fence': '12' },
          },
        },
      },
    ]);
  });

  it('says who owns fields that were to be applied', async () => {
    const cause = (message: string, field: string) => ({
      reason: 'FieldManagerConflict',
      message,
      field,
    });
    refusing(409, 'Conflict', {
      causes: [
        cause(
          'conflict with "argocd-controller" using apps/v1',
          '.spec.replicas',
        ),
        cause('conflict with "kubectl edit": .spec.paused', '.spec.paused'),
        cause('conflict with "a\u0007b"', '.spec.x'),
        cause('conflict with "c"', '<script>'),
      ],
    });
    const error: unknown = await writer()
      .apply(WEB, { spec: {} }, { signal })
      .catch(each => each);
    expect(error).toMatchObject({
      failure: 'Conflict',
      name: 'ConflictError',
      uncertain: false,
      conflicts: [
        { manager: 'argocd-controller', field: '.spec.replicas' },
        { manager: 'kubectl edit', field: '.spec.paused' },
      ],
    });
    expect(String(error)).toBe(
      "ConflictError: The API server didn't apply deployments shop/web of cluster us-west: argocd-controller owns .spec.replicas, kubectl edit owns .spec.paused (HTTP 409)",
    );
  });

  it.each([
    [409, 'Conflict', {}, 'Conflict', /not as it was expected to be/],
    [409, 'AlreadyExists', {}, 'AlreadyExists', /There is .* already/],
    [403, 'Forbidden', {}, 'Forbidden', /don't allow scaling/],
    [404, 'NotFound', { name: 'web' }, 'NotFound', /There is no/],
    [
      422,
      'Invalid',
      { causes: [{ reason: 'FieldValueInvalid', field: 'metadata.uid' }] },
      'Conflict',
      /not as it was expected to be/,
    ],
    [
      422,
      'Invalid',
      {
        causes: [
          { field: 'spec.replicas', message: 'hunter2' },
          { field: 'a\nb' },
        ],
      },
      'Invalid',
      /against its rules: spec\.replicas \(HTTP 422\)$/,
    ],
    [
      429,
      'TooManyRequests',
      { retryAfterSeconds: 7 },
      'TooManyRequests',
      /busy/,
    ],
    [
      429,
      'TooManyRequests',
      { causes: [{ reason: 'DisruptionBudget', message: 'hunter2' }] },
      'DisruptionBudget',
      /PodDisruptionBudget/,
    ],
    [500, 'InternalError', {}, 'Failed', /failed to scale/],
    [503, 'ServiceUnavailable', {}, 'Failed', /failed to scale/],
  ])(
    'tells answers apart: %i %s %j',
    async (code, reason, details, failure, message) => {
      refusing(code, reason, details);
      const error = await scale();
      expect(error).toMatchObject({
        failure,
        status: code,
        // Of what failed half way only looking tells.
        uncertain: code >= 500,
      });
      expect(error.message).toMatch(message);
      expect(error.message).not.toContain('hunter2');
      // No change is tried twice.
      expect(written).toHaveLength(1);
      expect(error.retryAfterMs).toBe(
        'retryAfterSeconds' in details ? 7000 : undefined,
      );
    },
  );

  it('says of a change without an answer that it may have been made', async () => {
    answer = () => new Promise<never>(() => {});
    expect(await scale({ timeoutMs: 50 })).toMatchObject({
      failure: 'Timeout',
      uncertain: true,
    });
    answer = () => HttpResponse.error();
    expect(await scale()).toMatchObject({
      failure: 'Unreachable',
      uncertain: true,
    });
    answer = () => HttpResponse.text('<html>');
    expect(await scale()).toMatchObject({
      failure: 'Unreadable',
      uncertain: true,
    });
  });

  it('says of a change that was never sent that it was not made', async () => {
    api.close();
    try {
      const access = accessTo();
      const config = access.actingKubeConfigFor('us-west')!;
      config.clusters[0] = {
        ...config.clusters[0],
        server: 'http://127.0.0.1:1',
        skipTLSVerify: true,
      };
      const unreachable = KubernetesWriter.of(
        { ...access, actingKubeConfigFor: () => config },
        'us-west',
      )!;
      await expect(
        unreachable.scale(WEB, 3, { precondition, signal }),
      ).rejects.toMatchObject({ failure: 'Unreachable', uncertain: false });
    } finally {
      api.listen({ onUnhandledRequest: 'error' });
    }
  });
});
