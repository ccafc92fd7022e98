import {
  Criticality,
  CRITICALITIES,
  Environment,
  ENVIRONMENTS,
  SERVICE_DEFAULTS,
  SERVICE_KINDS,
  ServiceDefaults,
  ServiceKind,
} from '@headroom/plugin-scaling-common';
import { DATA_MATRIX } from './dataMatrix';

/** One set of answers to a form, and what it is about. */
export interface Answers {
  title: string;
  values: Record<string, unknown>;
}

/** What every form may ask, as it is answered unless a set says otherwise. */
export const COMMON_ANSWERS: Record<string, unknown> = {
  name: 'checkout',
  description: 'Takes orders: and "pays" them.',
  owner: 'group:default/shop',
  namespace: 'shop',
  team: 'shop',
  cluster: 'us-west',
  port: 8080,
  timezone: 'Europe/Berlin',
  repoUrl: 'github.com?owner=acme&repo=checkout',
};

/** 52 characters, the most that a name has. */
const LONGEST_NAME = `a${'b'.repeat(25)}-${'c'.repeat(25)}`;
const ZONES = ['America/Argentina/Buenos_Aires', 'Africa/Cairo', 'UTC'];
const HOURS = 'Mon-Fri 07:00-19:00; outside=zero';

/** Fields that only some of the service templates ask for. */
const MORE: Partial<Record<ServiceKind, Record<string, unknown>>> = {
  'api-gateway': {
    upstreams: [{ prefix: '/orders', url: 'http://orders.shop.svc:8080' }],
  },
  'training-job': { storage: '50Gi' },
};

function decisionOf(
  kind: ServiceKind,
  environment: Environment,
  criticality: Criticality,
) {
  const { replicas, requests, signal, target, latencyMilliseconds, gpu, spot } =
    SERVICE_DEFAULTS[kind];
  // What is critical has two replicas at least, whatever it follows.
  const min =
    criticality === 'critical' ? Math.max(2, replicas.min) : replicas.min;
  return {
    kind,
    environment,
    criticality,
    replicas: kind === 'training-job' ? replicas : { ...replicas, min },
    requests,
    scaling: {
      signal,
      ...(target !== undefined && { target }),
      ...(latencyMilliseconds !== undefined && { latencyMilliseconds }),
    },
    ...(gpu && { gpu }),
    spot: criticality === 'critical' ? false : spot,
  };
}

function answersOf(kind: ServiceKind): Answers[] {
  const defaults: ServiceDefaults = SERVICE_DEFAULTS[kind];
  const base = {
    ...COMMON_ANSWERS,
    ...(defaults.storage !== undefined && { storage: defaults.storage }),
    ...(defaults.cron !== undefined && { cron: defaults.cron }),
    ...MORE[kind],
  };
  const usual = decisionOf(kind, 'production', 'standard');
  const replicated = kind !== 'training-job' && kind !== 'batch-inference';
  const grid = ENVIRONMENTS.flatMap(environment =>
    CRITICALITIES.filter(
      // A job that begins now and then is never critical in the form.
      criticality => replicated || criticality !== 'critical',
    ).map(criticality => ({
      title: `${environment}, ${criticality}`,
      values: { ...base, decision: decisionOf(kind, environment, criticality) },
    })),
  );
  const sharings = (['whole', 'time-slicing', 'mig'] as const)
    .filter(() => defaults.gpu !== undefined)
    .map(sharing => ({
      title: `GPU ${sharing}`,
      values: {
        ...base,
        decision: { ...usual, gpu: { memory: '10Gi', sharing } },
      },
    }));
  return [
    ...grid,
    ...sharings,
    {
      title: 'the longest name',
      values: { ...base, name: LONGEST_NAME, decision: usual },
    },
    ...ZONES.map(timezone => ({
      title: `the zone ${timezone}`,
      values: { ...base, timezone, decision: usual },
    })),
    {
      title: 'everything on',
      values: {
        ...base,
        system: 'system:default/shop',
        decision: usual,
        image: 'registry.example.com:5000/team/checkout:1.2.3',
        deployTo: 'us-west',
        budget: { amount: '500.50', currency: 'USD' },
        ...(replicated && kind !== 'feature-store' && { schedule: HOURS }),
      },
    },
  ];
}

interface Property {
  type?: string;
  default?: unknown;
  examples?: unknown[];
  enum?: unknown[];
  items?: Property;
  properties?: Record<string, Property>;
}

/**
 * Answers to the form of a template that is no service: what has a default with it,
 * and one more set for each choice and each switch.
 */
export function answersByForm(
  pages: ReadonlyArray<{
    required?: readonly string[];
    properties?: Record<string, Property>;
  }>,
): Answers[] {
  const properties = Object.assign({}, ...pages.map(page => page.properties));
  const fields = Object.entries(properties as Record<string, Property>);
  const answered = fields.flatMap(([name, property]) => {
    const value =
      COMMON_ANSWERS[name] ??
      property.default ??
      property.examples?.[0] ??
      property.enum?.[0];
    return value === undefined ? [] : [[name, value] as const];
  });
  const all = Object.fromEntries(answered);
  const required = new Set(pages.flatMap(page => page.required ?? []));
  const missing = [...required].filter(name => all[name] === undefined);
  if (missing.length > 0) {
    throw new Error(
      `No set of answers has ${missing.join(
        ', ',
      )}; say a default, an example or an entry in COMMON_ANSWERS`,
    );
  }
  // Backstage fills no defaults in; a form does before it asks.
  const minimal = Object.fromEntries(
    answered.filter(
      ([name]) => required.has(name) || properties[name].default !== undefined,
    ),
  );
  const options = fields.flatMap(([name, { type, enum: choices }]) =>
    (choices ?? (type === 'boolean' ? [true, false] : []))
      .filter(choice => choice !== minimal[name])
      .map(choice => ({
        title: `${name}: ${String(choice)}`,
        values: { ...minimal, [name]: choice },
      })),
  );
  return [
    { title: 'minimal', values: minimal },
    {
      title: 'everything on',
      values: {
        ...all,
        ...Object.fromEntries(
          fields
            .filter(([, { type }]) => type === 'boolean')
            .map(([name]) => [name, true]),
        ),
      },
    },
    ...options,
  ];
}

/** Sets of answers by the name of the template. */
export const MATRIX: Readonly<Record<string, readonly Answers[]>> = {
  ...Object.fromEntries(SERVICE_KINDS.map(kind => [kind, answersOf(kind)])),
  ...DATA_MATRIX,
};

/** Templates of programs: there is nothing in them that a cluster would get. */
export const WITHOUT_MANIFESTS: readonly string[] = Object.keys(DATA_MATRIX);
