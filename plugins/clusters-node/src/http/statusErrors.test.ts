import { inEnglish } from '../__testUtils__/inEnglish';
import { notJsonError, statusError } from './statusErrors';
import { whatAnswered } from './whatAnswered';

const PAGE = 'text/html; charset=utf-8';

/** The error for an answer of an endpoint at `https://metrics.example.com/base`. */
function errorOf(answer: {
  status: number;
  body?: string;
  type?: string;
  location?: string;
  kind?: string;
  credentials?: 'none' | 'headers' | 'bearer' | 'basic';
  base?: string;
}) {
  const {
    status,
    body = '',
    type = 'text/plain',
    kind = 'prometheus',
  } = answer;
  const { base = 'http://metrics.example.com/base' } = answer;
  const path = kind === 'opencost' ? '/allocation' : '/api/v1/query';
  const start = Buffer.from(body);
  const unusable = {
    name: 'It',
    kind,
    credentials: answer.credentials ?? ('none' as const),
    url: `${base}${path}`,
    path,
    status,
    location: answer.location ?? null,
    answerer: whatAnswered(type, start),
    start,
  };
  return status < 300 ? notJsonError(unusable) : statusError(unusable);
}

const GO_404 = '404 page not found\n';
const OPENCOST = '{"code":400,"status":"error","message":"secret"}';
const GRAFANA = '<!DOCTYPE html><html><head><title>Grafana</title>';
const GRAFANA_API = '{"message":"Not found","traceID":"secret"}';
const OPENCOST_PAGE = '<!doctype html><html><title>OpenCost</title>';
const LOGIN_PAGE =
  '<html><title>Welcome</title><form action="/oauth2/sign_in"><input type="password">';
const PROMETHEUS_PAGE =
  '<html><title>Prometheus Time Series Collection and Processing Server</title>';
const KUBERNETES = '{"kind":"Status","apiVersion":"v1","message":"secret"}';
const refusal = (error: string) =>
  JSON.stringify({ status: 'error', errorType: 'execution', error });

describe('what an unusable answer means', () => {
  it.each([
    [
      { status: 404, body: GO_404 },
      /no such path.*Mimir serves below \/prometheus.*OpenCost belongs under opencost/,
    ],
    [
      { status: 404, body: OPENCOST },
      /says \(HTTP 404\). Configure it as opencost.*instead of prometheus/,
    ],
    [
      { status: 200, body: OPENCOST_PAGE, type: PAGE },
      /OpenCost or a Kubecost says.*as opencost/,
    ],
    [
      { status: 404, body: GRAFANA_API },
      /a Grafana says.*\/api\/datasources\/proxy\/uid\/UID/,
    ],
    [{ status: 200, body: GRAFANA, type: PAGE }, /a Grafana says/],
    [
      { status: 200, body: LOGIN_PAGE, type: PAGE },
      /page for signing in \(HTTP 200\).*past the proxy.*prometheus\.auth/,
    ],
    [{ status: 404, body: KUBERNETES }, /Kubernetes API server/],
    [
      { status: 404, body: '<html>', type: PAGE },
      /a web page instead of JSON \(HTTP 404\)/,
    ],
    [
      { status: 404, body: GO_404, base: 'http://x/api/v1' },
      /url ends with \/api\/v1, which is too much/,
    ],
    [
      { status: 405, body: '', base: 'http://x/graph' },
      /url ends with \/graph/,
    ],
    [
      { status: 404, body: PROMETHEUS_PAGE, type: PAGE, kind: 'opencost' },
      /a Prometheus says.*as prometheus of the cluster instead of opencost/,
    ],
    [
      { status: 404, body: GO_404, kind: 'opencost' },
      /port 9003, a Kubecost below \/model/,
    ],
    [
      { status: 200, body: OPENCOST_PAGE, type: PAGE, kind: 'opencost' },
      /the page of an OpenCost.*port 9003/,
    ],
    [
      { status: 302, location: 'https://login.example.com/?x' },
      /redirect to a page for signing in \(HTTP 302\)/,
    ],
    [
      { status: 302, location: '/oauth2/start?rd=%2F' },
      /to a page for signing in/,
    ],
    [
      {
        status: 301,
        location: 'https://metrics.example.com/base/api/v1/query',
      },
      /to HTTPS.*Write https:\/\/ in headroom\.clusters\[\]\.prometheus\.url/,
    ],
    [{ status: 301, location: '/base/api/v1/query/' }, /a slash at the end/],
    [
      { status: 308, location: 'https://other.example.org/' },
      /to somewhere else.*not followed/,
    ],
    [{ status: 302 }, /to somewhere else/],
    [
      { status: 401 },
      /wants credentials, and none are configured.*headroom\.clusters\[\]\.prometheus\.auth/,
    ],
    [{ status: 403 }, /none are configured/],
    [
      { status: 401, credentials: 'bearer' },
      /HTTP 401: it refused the configured bearer token/,
    ],
    [
      { status: 403, credentials: 'basic' },
      /knows who asks and refused this to the configured user name/,
    ],
    [
      { status: 401, credentials: 'headers' },
      /the configured headers, and auth is not configured/,
    ],
    [
      { status: 401, body: 'no org id\n' },
      /wants to know the tenant.*prometheus\.headers, as X-Scope-OrgID/,
    ],
    [
      {
        status: 400,
        body: 'Client sent an HTTP request to an HTTPS server.\n',
      },
      /its port wants HTTPS/,
    ],
    [
      {
        status: 422,
        body: refusal(
          'query processing would load too many samples into memory in query execution',
        ),
      },
      /rejected the request: it would have to load more samples/,
    ],
    [
      {
        status: 400,
        body: refusal(
          'Bad Request: Invalid time range. Timestamps must be valid and time range cannot exceed 32 days.',
        ),
      },
      /the time range is longer/,
    ],
    [
      {
        status: 422,
        body: refusal(
          'the query time range exceeds the limit (query length: 9600h, limit: 768h)',
        ),
      },
      /the time range is longer/,
    ],
    [
      {
        status: 422,
        body: refusal(
          'the query exceeded the maximum number of series (limit: 100000 series)',
        ),
      },
      /more series at once/,
    ],
    [
      { status: 422, body: refusal('something secret') },
      /for a reason of its own/,
    ],
    [{ status: 429 }, /HTTP 429: it is busy/],
    [
      { status: 504, body: '<html>', type: PAGE },
      /a web page instead of JSON \(HTTP 504\)/,
    ],
    [{ status: 502 }, /it failed, or a proxy in front of it/],
    [{ status: 200, body: 'up 1' }, /with what is no JSON\./],
    [{ status: 200, body: '{"a":' }, /JSON that was cut/],
  ] as const)('%j', (answer, sentence) => {
    const { message, wording, line = '' } = errorOf(answer);
    expect(inEnglish(wording)).toBe(message);
    expect(message).toMatch(sentence);
    expect(message).toMatch(/\.$/);
    expect(message.length).toBeLessThan(500);
    expect(`${message}${line}`).not.toMatch(
      /secret|example\.|10\.0\.0|oauth2|uery processing/,
    );
  });

  it.each([
    [{ status: 404, body: GO_404 }, 'url: https://…/prometheus'],
    [{ status: 401 }, "auth: { type: bearer, token: '${PROMETHEUS_TOKEN}' }"],
    [{ status: 401, body: 'no org id' }, 'headers: { X-Scope-OrgID: TENANT }'],
    [{ status: 401, credentials: 'bearer' }, undefined],
  ] as const)('%j is mended by %s', (answer, line) => {
    expect(errorOf(answer).line).toBe(line);
  });
});
