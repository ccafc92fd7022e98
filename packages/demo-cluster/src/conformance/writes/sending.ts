import assert from 'node:assert/strict';
import { ask, ConformanceTarget } from '../target';
import { Answer } from '../wire';

/** Who owns fields, as it is sent. */
export interface WireManager {
  manager: string;
  operation: string;
  subresource?: string;
  fieldsV1: Record<string, unknown>;
}

/** An object that is written, as far as the cases look at it; or the `Status` of what was not. */
export interface WireWritten {
  kind: string;
  metadata: {
    name: string;
    uid: string;
    resourceVersion: string;
    generation: number;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    finalizers?: string[];
    deletionTimestamp?: string;
    managedFields?: WireManager[];
  };
  spec: {
    replicas: number;
    suspend: boolean;
    minReplicas: number;
    maxReplicas: number;
    template: { spec: WirePodSpec };
  } & WirePodSpec;
  status: Record<string, unknown>;
  reason: string;
  message: string;
  code: number;
  details: {
    name?: string;
    kind?: string;
    causes?: Array<{ reason: string; message: string; field: string }>;
  };
}

interface WirePodSpec {
  containers: Array<{
    name: string;
    image: string;
    resources: {
      requests: Record<string, string>;
      limits: Record<string, string>;
    };
  }>;
}

export const PATCHES = {
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  json: 'application/json-patch+json',
  apply: 'application/apply-patch+yaml',
};

const deployments = (namespace: string) =>
  `/apis/apps/v1/namespaces/${namespace}/deployments`;

/** What is written to: objects that nothing else looks at, and that no autoscaler moves. */
export const LEDGER = `${deployments('payments')}/payment-ledger`;
export const CHECKOUT = `${deployments('payments')}/checkout-api`;
export const NOBODY = `${deployments('payments')}/nobody`;
export const QUEUE =
  '/apis/apps/v1/namespaces/ml-serving/statefulsets/job-queue';
export const INVOICES =
  '/apis/batch/v1/namespaces/payments/cronjobs/invoice-run';
export const GATEWAY_HPA =
  '/apis/autoscaling/v2/namespaces/edge/horizontalpodautoscalers/api-gateway';
export const OTHER_UID = '00000000-0000-0000-0000-000000000000';

export type Written = Answer<WireWritten>;

/** Sends something that changes an object. */
export function send(
  target: ConformanceTarget,
  method: string,
  path: string,
  body?: unknown,
  type = 'application/json',
): Promise<Written> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  return ask<WireWritten>(target, path, { method, body: text, type });
}

/** A patch under the name of a manager. */
export function patch(
  target: ConformanceTarget,
  path: string,
  body: unknown,
  {
    type = 'merge',
    query = '',
    manager = 'conformance',
  }: { type?: keyof typeof PATCHES; query?: string; manager?: string } = {},
): Promise<Written> {
  const asked = `${path}?fieldManager=${manager}${query && `&${query}`}`;
  return send(target, 'PATCH', asked, body, PATCHES[type]);
}

export async function read(
  target: ConformanceTarget,
  path: string,
): Promise<WireWritten> {
  const { status, body } = await ask<WireWritten>(target, path);
  assert.equal(status, 200, JSON.stringify(body));
  return body;
}

/** Asserts that a write was refused, and with which fields or reasons. */
export function refusedWith(
  { status, body }: Written,
  code: number,
  reason: string,
  causes?: Array<{ reason?: string; field?: string }>,
): void {
  assert.deepEqual(
    [status, body.kind, body.reason, body.code],
    [code, 'Status', reason, code],
    JSON.stringify(body),
  );
  if (causes) {
    // A real API server may say the same twice.
    const found = new Set(
      (body.details.causes ?? []).map(cause =>
        JSON.stringify(
          Object.keys(causes[0]).map(key => cause[key as 'field']),
        ),
      ),
    );
    assert.deepEqual(
      [...found],
      causes.map(cause => JSON.stringify(Object.values(cause))),
      JSON.stringify(body),
    );
  }
}

export function accepted({ status, body }: Written): WireWritten {
  assert.ok(status === 200 || status === 201, JSON.stringify(body));
  return body;
}

/** Two minutes, where time passes by itself. */
const TRIES = 600;

/** Asks until it is so: what controllers do takes a while. */
export async function eventually(
  target: ConformanceTarget,
  what: string,
  isSo: () => Promise<boolean>,
): Promise<void> {
  for (let tries = 0; tries < TRIES; tries++) {
    if (await isSo()) {
      return;
    }
    await target.passTime();
  }
  assert.fail(`${what}: asked ${TRIES} times, and it is not so`);
}

/** Changes an object as it was read just before; again where a controller was faster. */
export async function asRead(
  target: ConformanceTarget,
  path: string,
  change: (object: WireWritten) => Promise<Written>,
): Promise<WireWritten> {
  for (let tries = 0; ; tries++) {
    const answer = await change(await read(target, path));
    if (answer.status !== 409 || tries === 20) {
      return accepted(answer);
    }
  }
}

/** Managers that own a field of an object: a path of keys of `fieldsV1`. */
export function ownersOf(
  { metadata }: WireWritten,
  ...path: string[]
): string[] {
  const owns = (fields: unknown) =>
    path.reduce<unknown>(
      (inside, key) => (inside as Record<string, unknown> | undefined)?.[key],
      fields,
    ) !== undefined;
  return (metadata.managedFields ?? [])
    .filter(({ fieldsV1 }) => owns(fieldsV1))
    .map(({ manager }) => manager)
    .sort();
}
