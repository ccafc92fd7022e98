import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import {
  accessTo,
  DEPLOYMENTS,
  PODS,
  reader,
  SERVER,
  status,
  WEB,
} from './__testUtils__/access';
import { createClusterVersions } from '../ClusterVersions';
import { KubernetesApiError } from './KubernetesApiError';
import { KubernetesReader } from './KubernetesReader';

const api = setupServer();
const { signal } = new AbortController();
const PATH = `${SERVER}/apis/apps/v1/namespaces/shop/deployments/web`;

beforeAll(() => api.listen({ onUnhandledRequest: 'error' }));
afterEach(() => api.resetHandlers());
afterAll(() => api.close());

describe('KubernetesReader', () => {
  it('is none for a cluster that nothing says how to reach', () => {
    const access = { ...accessTo(), kubeConfigFor: () => undefined };
    expect(KubernetesReader.of(access, 'us-west')).toBeUndefined();
  });

  it('gets an object as the identity that reads', async () => {
    api.use(
      http.get(PATH, ({ request }) =>
        HttpResponse.json({
          metadata: { uid: 'u' },
          by: request.headers.get('authorization'),
        }),
      ),
    );
    expect(await reader().get(WEB, { signal })).toEqual({
      metadata: { uid: 'u' },
      by: 'Bearer reads',
    });
  });

  it('reads the version, once an hour for all who ask', async () => {
    let asked = 0;
    api.use(
      http.get(`${SERVER}/version`, () => {
        asked += 1;
        return HttpResponse.json({ gitVersion: 'v1.36.1' });
      }),
    );
    let now = 0;
    const versions = createClusterVersions({
      access: accessTo(),
      now: () => now,
    });
    const both = () =>
      Promise.all([
        versions.of('us-west', { signal }),
        versions.of('us-west', { signal }),
      ]);
    expect(await both()).toEqual(['v1.36.1', 'v1.36.1']);
    now = 3_599_999;
    await both();
    expect(asked).toBe(1);
    now = 3_600_001;
    await both();
    expect(asked).toBe(2);
  });

  it('asks again for a version that could not be read', async () => {
    const versions = createClusterVersions({ access: accessTo() });
    api.use(
      http.get(`${SERVER}/version`, () => HttpResponse.json({}), {
        once: true,
      }),
      http.get(`${SERVER}/version`, () =>
        HttpResponse.json({ gitVersion: 'v1.32.0' }),
      ),
    );
    await expect(versions.of('us-west', { signal })).rejects.toBeInstanceOf(
      KubernetesApiError,
    );
    expect(await versions.of('us-west', { signal })).toBe('v1.32.0');
    const nowhere = { ...accessTo(), kubeConfigFor: () => undefined };
    expect(
      createClusterVersions({ access: nowhere }).of('us-west', { signal }),
    ).toBeUndefined();
  });

  it('lists pages of what was selected', async () => {
    const asked: string[] = [];
    api.use(
      http.get(`${SERVER}/api/v1/namespaces/shop/pods`, ({ request }) => {
        const { searchParams } = new URL(request.url);
        asked.push(searchParams.toString());
        return HttpResponse.json(
          searchParams.has('continue')
            ? { metadata: {}, items: [3] }
            : { metadata: { continue: 'c' }, items: [1, 2] },
        );
      }),
    );
    const pages = [];
    for await (const page of reader().list<number>(PODS, {
      namespace: 'shop',
      labelSelector: 'app=web',
      fieldSelector: 'spec.nodeName=n1',
      signal,
    })) {
      pages.push(page);
    }
    expect(pages).toEqual([[1, 2], [3]]);
    const query = 'labelSelector=app%3Dweb&fieldSelector=spec.nodeName%3Dn1';
    expect(asked).toEqual([
      `${query}&limit=500`,
      `${query}&limit=500&continue=c`,
    ]);
  });

  it.each([
    [
      401,
      status(401, 'Unauthorized'),
      'Unauthorized',
      'ServiceUnavailableError',
      /refused the configured credentials/,
    ],
    [
      403,
      status(403, 'Forbidden'),
      'Forbidden',
      'ServiceUnavailableError',
      /don't allow reading deployments shop\/web of cluster us-west/,
    ],
    [
      404,
      status(404, 'NotFound', { name: 'web' }),
      'NotFound',
      'NotFoundError',
      /There is no deployments shop\/web/,
    ],
    [
      404,
      status(404, 'NotFound'),
      'NotServed',
      'ServiceUnavailableError',
      /doesn't serve/,
    ],
    [404, undefined, 'NotServed', 'ServiceUnavailableError', /doesn't serve/],
    [
      410,
      status(410, 'Gone'),
      'Expired',
      'ServiceUnavailableError',
      /no longer knows the version/,
    ],
    [
      400,
      status(400, 'BadRequest'),
      'Rejected',
      'ServiceUnavailableError',
      /failed to get/,
    ],
    [
      500,
      status(500, 'InternalError'),
      'Failed',
      'ServiceUnavailableError',
      /failed to get/,
    ],
  ])(
    'tells answers apart: HTTP %i is %4$s',
    async (code, body, failure, name, message) => {
      api.use(
        http.get(PATH, () =>
          body
            ? HttpResponse.json(body, { status: code })
            : HttpResponse.text('404 page not found', { status: code }),
        ),
      );
      const error: unknown = await reader()
        .get(WEB, { signal })
        .catch(each => each);
      expect(error).toMatchObject({ failure, name, status: code });
      expect(String(error)).toMatch(message);
      expect(String(error)).not.toMatch(/hunter2|10\.0\.0/);
    },
  );

  it('says when a busy API server wants to be asked again', async () => {
    let times = 0;
    api.use(
      http.get(PATH, () => {
        times += 1;
        return HttpResponse.json(
          status(429, 'TooManyRequests', { retryAfterSeconds: 1 }),
          { status: 429, headers: { 'retry-after': '60' } },
        );
      }),
    );
    await expect(reader().get(WEB, { signal })).rejects.toMatchObject({
      failure: 'TooManyRequests',
      retryAfterMs: 60_000,
    });
    // For longer than a request has patience.
    expect(times).toBe(1);
  });

  it('does not wait for ever, nor read without end', async () => {
    api.use(http.get(PATH, () => new Promise<never>(() => {})));
    await expect(
      reader({ timeoutMs: 50 }).get(WEB, { signal }),
    ).rejects.toMatchObject({ failure: 'Timeout', uncertain: false });
    api.use(http.get(PATH, () => HttpResponse.text('x'.repeat(17 * 2 ** 20))));
    await expect(reader().get(WEB, { signal })).rejects.toThrow(
      'more than 16 MiB for deployments shop/web of cluster us-west',
    );
  });

  it.each(['..', '.', 'a/b', 'a%2fb', ''])(
    'asks for no object of the name %j, which would lead elsewhere',
    async name => {
      await expect(
        reader().get({ ...DEPLOYMENTS, namespace: 'shop', name }, { signal }),
      ).rejects.toThrow('is no name');
      await expect(
        reader().get({ ...WEB, namespace: name }, { signal }),
      ).rejects.toThrow('is no name');
    },
  );
});
