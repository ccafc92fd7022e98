import { startWrittenDemo, WrittenDemo } from './__testUtils__/writtenDemo';

const LEDGER = '/apis/apps/v1/namespaces/payments/deployments/payment-ledger';
const WEB_HPA =
  '/apis/autoscaling/v2/namespaces/storefront/horizontalpodautoscalers/web-frontend';
const WEB = '/apis/apps/v1/namespaces/storefront/deployments/web-frontend';
const QUEUE = '/apis/apps/v1/namespaces/ml-serving/statefulsets/job-queue';
const INVOICES = '/apis/batch/v1/namespaces/payments/cronjobs/invoice-run';
const REPORTS =
  '/apis/keda.sh/v1alpha1/namespaces/reporting/scaledobjects/report-generator';
const BY_US = '?fieldManager=headroom';
const OTHER = '00000000-0000-0000-0000-000000000000';

let written: WrittenDemo;

beforeEach(async () => {
  written = await startWrittenDemo();
});

afterEach(async () => {
  await written.demo.stop();
});

const ownersOf = ({ metadata }: any, field: (fields: any) => unknown) =>
  metadata.managedFields
    .filter(({ fieldsV1 }: any) => field(fieldsV1) !== undefined)
    .map(({ manager }: any) => manager);

describe('a merge patch', () => {
  it('is read at once, under a new version', async () => {
    const { body: before } = await written.get(LEDGER);
    const { uid, resourceVersion } = before.metadata;
    const patch = {
      metadata: {
        uid,
        resourceVersion,
        annotations: { 'headroom.io/restore': '{"v":1}' },
      },
      spec: { replicas: 1 },
    };
    const { status, body } = await written.merge(LEDGER + BY_US, patch);
    expect(status).toBe(200);
    expect(body.spec.replicas).toBe(1);
    expect(body.metadata.annotations['headroom.io/restore']).toBe('{"v":1}');
    expect(Number(body.metadata.resourceVersion)).toBeGreaterThan(
      Number(resourceVersion),
    );
    expect(body.metadata.generation).toBe(before.metadata.generation + 1);
    expect((await written.get(LEDGER)).body).toEqual(body);
    expect(
      ownersOf(before, fields => fields['f:spec']?.['f:replicas']),
    ).toEqual(['kustomize-controller']);
    expect(ownersOf(body, fields => fields['f:spec']?.['f:replicas'])).toEqual([
      'headroom',
    ]);
    // What it was planned on is gone.
    const again = await written.merge(LEDGER + BY_US, patch);
    expect(again).toMatchObject({
      status: 409,
      body: { reason: 'Conflict', details: { name: 'payment-ledger' } },
    });
    expect(again.body.message).toMatch(/the object has been modified/);
    const wrong = await written.merge(LEDGER, { metadata: { uid: OTHER } });
    expect(wrong).toMatchObject({
      status: 422,
      body: { details: { causes: [{ field: 'metadata.uid' }] } },
    });
  });

  it('changes nothing where it is tried only', async () => {
    const { body: before } = await written.get(LEDGER);
    const { status, body } = await written.merge(`${LEDGER}?dryRun=All`, {
      spec: { replicas: 1 },
    });
    expect(status).toBe(200);
    expect(body.spec.replicas).toBe(1);
    expect(body.metadata.resourceVersion).toBe(before.metadata.resourceVersion);
    expect((await written.get(LEDGER)).body).toEqual(before);
  });

  it('that changes nothing makes no new version', async () => {
    const { body: before } = await written.get(LEDGER);
    const { body } = await written.merge(LEDGER, {
      spec: { replicas: before.spec.replicas },
    });
    expect(body).toEqual(before);
  });

  it('moves the bounds of an HPA, and its workload follows', async () => {
    const { body } = await written.merge(WEB_HPA + BY_US, {
      spec: { minReplicas: 9 },
    });
    expect(body.spec.minReplicas).toBe(9);
    expect(
      ownersOf(body, fields => fields['f:spec']?.['f:minReplicas']),
    ).toEqual(['headroom']);
    expect((await written.get(WEB)).body.spec.replicas).toBe(9);
    const wrong = await written.merge(WEB_HPA, { spec: { minReplicas: 0 } });
    expect(wrong.body.details.causes).toMatchObject([
      { reason: 'FieldValueInvalid', field: 'spec.minReplicas' },
    ]);
    expect(
      (await written.merge(WEB_HPA, { spec: { minReplicas: 99 } })).status,
    ).toBe(422);
  });

  it('of a StatefulSet, and of a CronJob, is followed', async () => {
    const queue = await written.merge(QUEUE, { spec: { replicas: 1 } });
    expect(queue.body.spec.replicas).toBe(1);
    const invoices = await written.merge(INVOICES, { spec: { suspend: true } });
    expect(invoices.body.spec.suspend).toBe(true);
    expect(invoices.body.metadata.generation).toBe(2);
  });

  it('pauses what KEDA scales, and lets it go on', async () => {
    const key = 'autoscaling.keda.sh/paused-replicas';
    const path =
      '/apis/apps/v1/namespaces/reporting/deployments/report-generator';
    const paused = await written.merge(REPORTS, {
      metadata: { annotations: { [key]: '0' } },
    });
    expect(paused.body.metadata.annotations[key]).toBe('0');
    expect((await written.get(path)).body.spec.replicas).toBe(0);
    const bounds = await written.merge(REPORTS, {
      spec: { minReplicaCount: 2, maxReplicaCount: 20 },
    });
    expect(bounds.body.spec).toMatchObject({ minReplicaCount: 2 });
    expect(bounds.body.metadata.generation).toBe(2);
    const resumed = await written.merge(REPORTS, {
      metadata: { annotations: { [key]: null } },
    });
    expect(resumed.body.metadata.annotations[key]).toBeUndefined();
    expect((await written.get(path)).body.spec.replicas).toBe(2);
  });

  it('moves the value at which KEDA aims, and its workload follows', async () => {
    const scaled =
      '/apis/keda.sh/v1alpha1/namespaces/ml-serving/scaledobjects/document-indexer';
    const measured =
      '/apis/autoscaling/v2/namespaces/ml-serving/horizontalpodautoscalers/keda-hpa-document-indexer';
    const wanted = async () => (await written.get(measured)).body;
    const before = await wanted();
    const patchTo = (value: unknown) =>
      written.send(
        'PATCH',
        scaled + BY_US,
        [{ op: 'replace', path: '/spec/triggers/0/metadata/value', value }],
        'application/json-patch+json',
      );
    const { body } = await patchTo('25');
    expect(body.spec.triggers).toEqual([
      { type: 'cpu', metricType: 'Utilization', metadata: { value: '25' } },
    ]);
    const after = await wanted();
    expect(after.spec.metrics[0].resource.target.averageUtilization).toBe(25);
    expect(after.status.desiredReplicas).toBeGreaterThan(
      before.status.desiredReplicas,
    );
    // A ScaledObject has texts there.
    expect((await patchTo(50)).status).toBe(422);
    expect((await patchTo('many')).status).toBe(422);
  });

  it('is refused with a reason where nothing would follow', async () => {
    const image = {
      spec: {
        template: {
          spec: { containers: [{ name: 'ledger', image: 'other' }] },
        },
      },
    };
    const { status, body } = await written.send(
      'PATCH',
      LEDGER,
      image,
      'application/strategic-merge-patch+json',
    );
    expect(status).toBe(422);
    expect(body.details.causes).toMatchObject([
      {
        reason: 'FieldValueForbidden',
        field: 'spec.template.spec.containers[0].image',
      },
    ]);
    expect(body.message).toMatch(/this cluster is simulated/);
  });

  it('with a field that the kind has not is refused when that is asked for', async () => {
    const patch = { spec: { replica: 1 } };
    const strict = `${LEDGER}?fieldValidation=Strict`;
    expect((await written.merge(strict, patch)).body.message).toMatch(
      /unknown field "spec.replica"/,
    );
    expect((await written.merge(LEDGER, patch)).status).toBe(200);
  });
});

describe('scale', () => {
  it('sets the replicas of the object that was meant', async () => {
    const { body: before } = await written.get(`${LEDGER}/scale`);
    expect(before).toMatchObject({
      kind: 'Scale',
      apiVersion: 'autoscaling/v1',
      spec: { replicas: 3 },
      status: { replicas: 3, selector: 'app=payment-ledger' },
    });
    const { uid, resourceVersion } = before.metadata;
    const path = `${LEDGER}/scale${BY_US}`;
    const { status, body } = await written.merge(path, {
      metadata: { uid, resourceVersion },
      spec: { replicas: 2 },
    });
    expect([status, body.spec.replicas]).toEqual([200, 2]);
    const after = (await written.get(LEDGER)).body;
    expect(after.spec.replicas).toBe(2);
    expect(after.metadata.managedFields).toContainEqual(
      expect.objectContaining({ manager: 'headroom', subresource: 'scale' }),
    );
    for (const metadata of [{ uid: OTHER }, { uid, resourceVersion }]) {
      const answer = await written.merge(path, { metadata, spec: {} });
      expect(answer).toMatchObject({
        status: 409,
        body: { reason: 'Conflict' },
      });
    }
  });

  it('to 0 stops what an HPA scales, and from there wakes it', async () => {
    const path = `${WEB}/scale`;
    await written.merge(path, { spec: { replicas: 0 } });
    written.pass(60);
    expect((await written.get(WEB)).body.spec.replicas).toBe(0);
    expect((await written.get(WEB_HPA)).body.status).toMatchObject({
      desiredReplicas: 0,
      conditions: [
        {},
        { type: 'ScalingActive', status: 'False', reason: 'ScalingDisabled' },
      ],
    });
    const woken = await written.merge(path, { spec: { replicas: 2 } });
    expect(woken.body.spec.replicas).toBe(2);
    // The HPA looks again, and wants what demand asks for.
    written.pass(20);
    const { body } = await written.get(WEB);
    expect(body.spec.replicas).toBeGreaterThan(2);
  });
});

describe('what is not served', () => {
  it('is a 405', async () => {
    for (const [method, path] of [
      ['POST', '/api/v1/namespaces/payments/pods'],
      ['DELETE', '/api/v1/namespaces/payments/pods'],
      ['PATCH', '/api/v1/namespaces/payments/configmaps/kube-root-ca.crt'],
      ['PATCH', `${LEDGER}/status`],
    ]) {
      expect(
        await written.send(method, path, {}, 'application/merge-patch+json'),
      ).toMatchObject({ status: 405, body: { reason: 'MethodNotAllowed' } });
    }
  });

  it('is a 413 for more than an API server reads', async () => {
    const { status, body } = await written.merge(LEDGER, {
      metadata: { annotations: { a: 'x'.repeat(3 * 2 ** 20) } },
    });
    expect([status, body.reason]).toEqual([413, 'RequestEntityTooLarge']);
  });

  it('is a 415 for a body of another form', async () => {
    const eviction = await written.send(
      'POST',
      '/api/v1/namespaces/ml-serving/pods/job-queue-0/eviction',
      {},
      'text/plain',
    );
    expect(eviction.status).toBe(415);
    const { status } = await written.send('PATCH', LEDGER, {});
    expect(status).toBe(415);
    const custom = await written.send(
      'PATCH',
      REPORTS,
      {},
      'application/strategic-merge-patch+json',
    );
    expect(custom.status).toBe(415);
  });
});

describe('an eviction', () => {
  const podOf = async (app: string, namespace: string) => {
    const path = `/api/v1/namespaces/${namespace}/pods`;
    const { body } = await written.get(`${path}?labelSelector=app%3D${app}`);
    const { name, uid } = body.items[0].metadata;
    return { path: `${path}/${name}`, name, uid };
  };
  const evict = (
    { path, name }: { path: string; name: string },
    uid: string,
    query = '',
  ) =>
    written.send('POST', `${path}/eviction${query}`, {
      apiVersion: 'policy/v1',
      kind: 'Eviction',
      metadata: { name },
      deleteOptions: { preconditions: { uid } },
    });

  it('is made as far as its budget allows it', async () => {
    const queue = await podOf('job-queue', 'ml-serving');
    for (const query of ['', '?dryRun=All']) {
      expect(await evict(queue, queue.uid, query)).toMatchObject({
        status: 429,
        body: {
          reason: 'TooManyRequests',
          details: {
            causes: [
              {
                reason: 'DisruptionBudget',
                message:
                  'The disruption budget job-queue needs 3 healthy pods and has 3 currently',
              },
            ],
          },
        },
      });
    }
    const ledger = await podOf('payment-ledger', 'payments');
    expect((await evict(ledger, OTHER)).status).toBe(409);
    expect((await evict(ledger, ledger.uid, '?dryRun=All')).status).toBe(201);
    expect((await written.get(ledger.path)).status).toBe(200);
    expect((await evict(ledger, ledger.uid)).status).toBe(201);
    expect((await written.get(ledger.path)).status).toBe(404);
    // One of three is missing, and two there must be.
    written.pass(10);
    const next = await podOf('payment-ledger', 'payments');
    expect((await evict(next, next.uid)).status).toBe(429);
  });
});

describe('a resize in place', () => {
  it('changes the resources of a pod, and nothing else', async () => {
    const path = '/api/v1/namespaces/ml-serving/pods/job-queue-0';
    const { body: before } = await written.get(path);
    const strategic = 'application/strategic-merge-patch+json';
    const patch = (resources: object) => ({
      metadata: { labels: { other: 'label' } },
      spec: { containers: [{ name: 'nats', image: 'other', resources }] },
    });
    const { status, body } = await written.send(
      'PATCH',
      `${path}/resize${BY_US}`,
      patch({ requests: { cpu: '200m' } }),
      strategic,
    );
    expect(status).toBe(200);
    expect(body.metadata.uid).toBe(before.metadata.uid);
    expect(body.metadata.labels.other).toBeUndefined();
    const [container] = body.spec.containers;
    expect(container.image).toBe(before.spec.containers[0].image);
    expect(container.resources.requests.cpu).toBe('200m');
    expect(body.metadata.managedFields).toMatchObject([
      { manager: 'headroom', subresource: 'resize' },
    ]);
    for (const [resources, field] of [
      [{ limits: { memory: null } }, 'spec.containers[0].resources.limits'],
      [
        { requests: { memory: '8Gi' } },
        'spec.containers[0].resources.requests',
      ],
    ] as const) {
      const refused = await written.send(
        'PATCH',
        `${path}/resize`,
        patch(resources),
        strategic,
      );
      expect(refused.status).toBe(422);
      expect(refused.body.details.causes[0].field).toBe(field);
    }
    const plain = await written.send('PATCH', path, patch({}), strategic);
    expect(plain.status).toBe(422);
  });
});

describe('server-side apply', () => {
  const apply = (
    fields: { metadata?: object; spec?: object },
    query = '',
    manager = 'headroom',
  ) =>
    written.send(
      'PATCH',
      `${LEDGER}?fieldManager=${manager}${query}`,
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'payment-ledger', ...fields.metadata },
        ...(fields.spec && { spec: fields.spec }),
      },
      'application/apply-patch+yaml',
    );

  it('says who owns what it would change, and takes it by force', async () => {
    const refused = await apply({ spec: { replicas: 1 } });
    expect(refused).toMatchObject({
      status: 409,
      body: {
        reason: 'Conflict',
        message:
          'Apply failed with 1 conflict: conflict with "kustomize-controller": .spec.replicas',
        details: {
          causes: [
            {
              reason: 'FieldManagerConflict',
              message: 'conflict with "kustomize-controller"',
              field: '.spec.replicas',
            },
          ],
        },
      },
    });
    const { body } = await apply({ spec: { replicas: 1 } }, '&force=true');
    expect(body.spec.replicas).toBe(1);
    expect(ownersOf(body, fields => fields['f:spec']?.['f:replicas'])).toEqual([
      'headroom',
    ]);
  });

  it('shares what is the same, and takes back what is not applied any more', async () => {
    const annotations = { 'headroom.io/a': '1', 'headroom.io/b': '2' };
    const both = await apply({
      metadata: { annotations },
      spec: { replicas: 3 },
    });
    expect(both.body.metadata.annotations).toMatchObject(annotations);
    expect(
      ownersOf(both.body, fields => fields['f:spec']?.['f:replicas']),
    ).toEqual(['kustomize-controller', 'headroom']);
    const one = await apply({
      metadata: { annotations: { 'headroom.io/b': '2' } },
    });
    expect(one.body.metadata.annotations['headroom.io/a']).toBeUndefined();
    expect(one.body.metadata.annotations['headroom.io/b']).toBe('2');
    // Somebody else owns it still.
    expect(one.body.spec.replicas).toBe(3);
    const same = await apply({
      metadata: { annotations: { 'headroom.io/b': '2' } },
    });
    expect(same.body).toEqual(one.body);
  });

  it('needs a manager, takes no unknown fields, and makes nothing', async () => {
    expect((await apply({}, '', '')).body.details.causes).toMatchObject([
      { reason: 'FieldValueRequired', field: 'fieldManager' },
    ]);
    expect((await apply({ spec: { replica: 1 } })).body.message).toMatch(
      /\.spec\.replica: field not declared in schema/,
    );
    const none = LEDGER.replace('payment-ledger', 'none');
    const made = await written.send(
      'PATCH',
      `${none}?fieldManager=headroom`,
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'none', uid: OTHER },
      },
      'application/apply-patch+yaml',
    );
    expect(made.status).toBe(409);
    expect(made.body.message).toMatch(/uid mismatch/);
  });
});

describe('a deletion', () => {
  it('waits until nothing keeps the object', async () => {
    const finalizers = ['example.com/keep'];
    await written.merge(LEDGER, { metadata: { finalizers } });
    const options = { preconditions: { uid: OTHER } };
    expect((await written.send('DELETE', LEDGER, options)).status).toBe(409);
    const going = await written.send('DELETE', LEDGER);
    expect(going.body.metadata.deletionTimestamp).toBe('2026-02-12T20:10:00Z');
    expect((await written.get(LEDGER)).body.metadata).toMatchObject({
      finalizers,
      deletionTimestamp: '2026-02-12T20:10:00Z',
    });
    await written.merge(LEDGER, { metadata: { finalizers: null } });
    expect((await written.get(LEDGER)).status).toBe(404);
  });

  it('of what nothing keeps is at once', async () => {
    const { body } = await written.get(INVOICES);
    const { uid, resourceVersion } = body.metadata;
    const tried = await written.send('DELETE', `${INVOICES}?dryRun=All`);
    expect(tried.body.status).toBe('Success');
    const done = await written.send('DELETE', INVOICES, {
      preconditions: { uid, resourceVersion },
    });
    expect(done).toMatchObject({
      status: 200,
      body: { status: 'Success', details: { uid, kind: 'cronjobs' } },
    });
    expect((await written.get(INVOICES)).status).toBe(404);
  });
});

describe('an update', () => {
  it('puts what was read and changed, unless it was changed since', async () => {
    const { body } = await written.get(LEDGER);
    body.spec.replicas = 2;
    body.spec.template.spec.containers[0].resources.requests.cpu = '2';
    const after = await written.send('PUT', LEDGER, body);
    expect(after.status).toBe(200);
    expect(after.body.spec.replicas).toBe(2);
    const { resources } = after.body.spec.template.spec.containers[0];
    expect(resources.requests.cpu).toBe('2');
    expect((await written.send('PUT', LEDGER, body)).status).toBe(409);
  });
});
