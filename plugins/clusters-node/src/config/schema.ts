import { z } from 'zod';
import {
  EndpointConfig,
  KubernetesEndpointConfig,
  PrometheusEndpointConfig,
} from '../clusters';
import { isLabelName } from '../prometheus/selectors';
import { clusterNameProblem } from './clusterName';

const DEFAULT_TIMEOUT_SECONDS = 30;

const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** What is wrong with a base URL, as a sentence; undefined when it is fine. */
function urlProblem(value: string): string | undefined {
  let url: URL;
  try {
    url = new URL(value);
  } catch {
    return 'must be an absolute URL such as https://prometheus.example.com';
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return 'must start with http:// or https://';
  }
  if (url.username || url.password) {
    return 'must not contain credentials: put them under auth';
  }
  if (url.search || url.hash || /[?#]/.test(value)) {
    return 'must not contain a query or a fragment';
  }
  if (value.endsWith('/')) {
    return 'must not end with a slash: remove it';
  }
  return undefined;
}

const baseUrl = z.string().superRefine((value, context) => {
  const message = urlProblem(value);
  if (message) {
    context.addIssue({ code: 'custom', message });
  }
});

const secret = z.string().min(1, 'must not be empty');

const auth = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('bearer'),
    token: secret.regex(HEADER_VALUE, 'must be usable in a header'),
  }),
  z.strictObject({
    type: z.literal('basic'),
    username: z
      .string()
      .min(1, 'must not be empty')
      .regex(/^[^:]*$/, 'must not contain a colon'),
    password: secret,
  }),
]);

const endpointShape = {
  url: baseUrl,
  auth: auth.optional(),
  headers: z
    .record(
      z.string().regex(HEADER_NAME, 'must be an HTTP header name'),
      z.string().regex(HEADER_VALUE, 'must be a header value on one line'),
    )
    .optional(),
  timeoutSeconds: z
    .number()
    .min(1, 'must be between 1 and 600')
    .max(600, 'must be between 1 and 600')
    .optional(),
  maxResponseMebibytes: z
    .number()
    .int('must be a whole number')
    .min(1, 'must be between 1 and 512')
    .max(512, 'must be between 1 and 512')
    .optional(),
};

const endpointInput = z.strictObject(endpointShape);

/** An endpoint as it is written, to {@link EndpointConfig}. @internal */
export const endpointSchema = endpointInput.transform(toEndpoint);

const prometheus = z
  .strictObject({
    ...endpointShape,
    matchers: z
      .record(
        z
          .string()
          .refine(isLabelName, 'must be a Prometheus label name')
          .refine(
            name => name !== '__name__',
            'must be a label that all series of the cluster have, not the name of a metric',
          ),
        z.string().min(1, 'must not be empty'),
      )
      .optional(),
    scrapeIntervalSeconds: z
      .number()
      .min(1, 'must be between 1 and 600')
      .max(600, 'must be between 1 and 600')
      .optional(),
  })
  .transform(
    ({
      matchers = {},
      scrapeIntervalSeconds,
      ...endpoint
    }): PrometheusEndpointConfig => ({
      ...toEndpoint(endpoint),
      matchers,
      scrapeIntervalSeconds,
    }),
  );

const bearerToken = secret.regex(HEADER_VALUE, 'must be usable in a header');

const kubernetes = z
  .strictObject({
    url: baseUrl,
    token: bearerToken.optional(),
    act: z.strictObject({ token: bearerToken }).optional(),
    caData: secret
      .regex(/^[A-Za-z0-9+/=\s]*$/, 'must be base64 of a PEM file')
      .optional(),
    caFile: z.string().min(1, 'must not be empty').optional(),
    skipTLSVerify: z.boolean().optional(),
    timeoutSeconds: endpointShape.timeoutSeconds,
  })
  .refine(({ caData, caFile }) => !caData || !caFile, {
    message: 'has caData and caFile: keep one',
  })
  .refine(({ token, act }) => !act || act.token !== token, {
    path: ['act', 'token'],
    message:
      'must be the token of another account than the one that reads: what reads must not be able to write',
  })
  .transform(
    ({
      act,
      timeoutSeconds,
      skipTLSVerify = false,
      ...rest
    }): KubernetesEndpointConfig => ({
      ...rest,
      ...(act && { actToken: act.token }),
      skipTLSVerify,
      timeoutMs: toMs(timeoutSeconds),
    }),
  );

/** One entry of `headroom.clusters` as written; other keys are those of modules. @internal */
export const clusterSchema = z.looseObject({
  name: z.string().superRefine((value, context) => {
    const message = clusterNameProblem(value);
    if (message) {
      context.addIssue({ code: 'custom', message });
    }
  }),
  title: z.string().min(1, 'must not be empty').optional(),
  region: z.string().min(1, 'must not be empty').optional(),
  labels: z.record(z.string(), z.string()).optional(),
  prometheus: prometheus.optional(),
  kubernetes: kubernetes.optional(),
});

function toEndpoint(input: z.infer<typeof endpointInput>): EndpointConfig {
  return {
    url: input.url,
    auth: input.auth ?? { type: 'none' },
    headers: input.headers ?? {},
    timeoutMs: toMs(input.timeoutSeconds),
    ...(input.maxResponseMebibytes && {
      maxResponseBytes: input.maxResponseMebibytes * 2 ** 20,
    }),
  };
}

function toMs(timeoutSeconds = DEFAULT_TIMEOUT_SECONDS): number {
  return timeoutSeconds * 1000;
}
