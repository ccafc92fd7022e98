import { EndpointError } from './errors';
import { whyRefused } from './refusals';
import { Answerer, whereRedirected } from './whatAnswered';

/** An answer that can't be used. @internal */
export interface UnusableAnswer {
  /** How messages call the endpoint. */
  name: string;
  /** The key under a cluster by which the endpoint is configured. */
  kind?: string;
  /** What was sent to say who asks; `headers` = only configured headers. */
  credentials: 'none' | 'headers' | 'bearer' | 'basic';
  /** Full URL that was asked, without parameters. Goes into no message. */
  url: string;
  /** The part of the path that Headroom added below the configured URL. */
  path: string;
  status: number;
  location: string | null;
  answerer: Answerer;
  /** The start of the body. Goes into no message. */
  start: Uint8Array;
}

/**
 * The sentence for an answer that can't be used: what was asked, what answered,
 * and what is probably meant.
 *
 * @internal
 */
export function statusError(answer: UnusableAnswer): EndpointError {
  const { name, status, path, answerer } = answer;
  const asked = `${path} with HTTP ${status}`;
  if (status >= 300 && status < 400) {
    return redirectError(answer);
  }
  if (answerer === 'no-tenant') {
    return new EndpointError(
      'refused',
      `${name} answered ${asked}: it wants to know the tenant. Put the tenant’s name under ${settingOf(
        answer,
      )}.headers, as X-Scope-OrgID.`,
      `headers: { X-Scope-OrgID: TENANT }`,
    );
  }
  if (answerer === 'wants-tls') {
    return new EndpointError(
      'rejected',
      `${name} answered ${asked}: its port wants HTTPS. Write https:// in ${settingOf(
        answer,
      )}.url.`,
      'url: https://…',
    );
  }
  if (status === 401 || status === 403) {
    return credentialsError(answer);
  }
  if (status === 429 || status === 503) {
    return new EndpointError(
      'overloaded',
      `${name} answered ${asked}: it is busy, or not ready yet.`,
    );
  }
  const other = somethingElse(answer);
  if (other) {
    return other;
  }
  if (status === 404 || status === 405) {
    return new EndpointError(
      'rejected',
      `${name} answered ${asked}: there is no such path at the configured URL. ${pathAdvice(
        answer,
      )}`,
      pathLine(answer),
    );
  }
  if (status >= 400 && status < 500) {
    const why =
      answerer === 'prometheus' ? `: ${whyRefused(answer.start)}` : '';
    return new EndpointError(
      'rejected',
      `${name} answered ${asked}: it rejected the request${why}.`,
    );
  }
  return new EndpointError(
    'failed',
    `${name} answered ${asked}: it failed${
      status === 502 || status === 504
        ? ', or a proxy in front of it got no answer from it'
        : ''
    }.`,
  );
}

/** What is wrong with an answer of status 200 that is no JSON. @internal */
export function notJsonError(answer: UnusableAnswer): EndpointError {
  return (
    somethingElse(answer) ??
    new EndpointError(
      'unreadable',
      `${answer.name} answered ${answer.path} with what is no JSON${
        answer.answerer === 'json' ? ', or JSON that was cut or is absurd' : ''
      }.`,
    )
  );
}

/** Another product, or a page for people, where the API should be. */
function somethingElse(answer: UnusableAnswer): EndpointError | undefined {
  const { name, kind, path, status, answerer } = answer;
  const failure = status < 300 ? 'unreadable' : 'rejected';
  const isPage = status < 300 || status >= 400;
  const error = (what: string, advice: string, line?: string) =>
    new EndpointError(
      status >= 500 ? 'failed' : failure,
      `${name} answered ${path} with ${what} (HTTP ${status}). ${advice}`,
      line,
    );
  if (!isPage || answerer === kind) {
    return answerer === 'opencost' && status < 300
      ? error(
          'the page of an OpenCost or a Kubecost',
          pathAdvice(answer),
          pathLine(answer),
        )
      : undefined;
  }
  switch (answerer) {
    case 'login':
      return error(
        'a page for signing in',
        `A proxy in front of it wants a person. Ask it from inside of its network, past the proxy, or configure credentials the proxy takes under ${settingOf(
          answer,
        )}.auth.`,
      );
    case 'grafana':
      return error(
        'what a Grafana says',
        `Configure the Prometheus behind it, or its data source as Grafana passes it on: …/api/datasources/proxy/uid/UID.`,
        'url: https://…/api/datasources/proxy/uid/UID',
      );
    case 'opencost':
      return error(
        'what an OpenCost or a Kubecost says',
        `Configure it as opencost of the cluster instead of ${kind ?? 'this'}.`,
        'opencost: { url: … }',
      );
    case 'prometheus':
      return kind === 'opencost'
        ? error(
            'what a Prometheus says',
            'Configure it as prometheus of the cluster instead of opencost.',
            'prometheus: { url: … }',
          )
        : undefined;
    case 'kubernetes':
      return error(
        'what a Kubernetes API server says',
        `Configure the service itself, or the path at which the API server passes requests on to it.`,
        'url: https://…/api/v1/namespaces/NAMESPACE/services/SERVICE:PORT/proxy',
      );
    case 'page':
      return error(
        'a web page instead of JSON',
        pathAdvice(answer),
        pathLine(answer),
      );
    default:
      return undefined;
  }
}

function redirectError(answer: UnusableAnswer): EndpointError {
  const { name, path, status } = answer;
  const where = whereRedirected(answer.url, answer.location);
  const setting = `${settingOf(answer)}.url`;
  const [what, advice, line] = {
    login: [
      'to a page for signing in',
      'A proxy in front of it wants a person. Ask it from inside of its network, past the proxy, or with credentials the proxy takes.',
      undefined,
    ],
    https: ['to HTTPS', `Write https:// in ${setting}.`, 'url: https://…'],
    slash: [
      'to the same path with a slash at the end',
      `The path of ${setting} is not that of an API.`,
      undefined,
    ],
    elsewhere: [
      'to somewhere else',
      `It is not followed, so that credentials go nowhere else: configure the URL it leads to as ${setting}.`,
      undefined,
    ],
  }[where];
  return new EndpointError(
    'failed',
    `${name} answered ${path} with a redirect ${what} (HTTP ${status}). ${advice}`,
    line,
  );
}

const CREDENTIALS = {
  bearer: 'the configured bearer token',
  basic: 'the configured user name and password',
  headers: 'the configured headers, and auth is not configured',
};

function credentialsError(answer: UnusableAnswer): EndpointError {
  const { name, credentials, path, status, kind } = answer;
  const asked = `${path} with HTTP ${status}`;
  if (credentials === 'none') {
    const variable = `${(kind ?? 'endpoint').toLocaleUpperCase('en-US')}_TOKEN`;
    return new EndpointError(
      'refused',
      `${name} answered ${asked}: it wants credentials, and none are configured. Put them under ${settingOf(
        answer,
      )}.auth: type bearer with a token, or type basic with username and password.`,
      `auth: { type: bearer, token: '\${${variable}}' }`,
    );
  }
  const sent = CREDENTIALS[credentials];
  return new EndpointError(
    'refused',
    status === 401
      ? `${name} answered ${asked}: it refused ${sent}. It may have expired, be of another service, or be empty where the back end runs.`
      : `${name} answered ${asked}: it knows who asks and refused this to ${sent}. Whoever it belongs to needs the right to read there.`,
  );
}

/** Path endings that Headroom adds itself, or that are pages. */
const TOO_MUCH = /\/(api\/v1(\/query)?|graph|query|allocation|assets)$/;

function pathAdvice(answer: UnusableAnswer): string {
  const { kind, path } = answer;
  const setting = `${settingOf(answer)}.url`;
  const base = new URL(answer.url).pathname.slice(0, -path.length);
  const extra = TOO_MUCH.exec(base)?.[0];
  if (extra) {
    return `${setting} ends with ${extra}, which is too much: remove it.`;
  }
  if (kind === 'prometheus') {
    return `Mimir serves below /prometheus, and so does many a Prometheus behind a proxy (--web.route-prefix): add the prefix to ${setting}. An OpenCost belongs under opencost.`;
  }
  if (kind === 'opencost') {
    return `An OpenCost serves its API at port 9003, a Kubecost below /model: see that ${setting} leads there.`;
  }
  return `See where ${setting} leads.`;
}

function pathLine({ kind, url, path }: UnusableAnswer): string | undefined {
  const base = new URL(url).pathname.slice(0, -path.length);
  if (TOO_MUCH.test(base)) {
    return undefined;
  }
  switch (kind) {
    case 'prometheus':
      return 'url: https://…/prometheus';
    case 'opencost':
      return 'url: http://…:9003 # a Kubecost: http://…:9090/model';
    default:
      return undefined;
  }
}

/** Where the endpoint is configured. */
function settingOf({ kind }: UnusableAnswer): string {
  return kind ? `headroom.clusters[].${kind}` : 'its configuration';
}
