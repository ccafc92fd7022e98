import { Worded, wordEndpoint as word } from '@headroom/common';
import { EndpointError } from './errors';
import { whyRefused } from './refusals';
import { Answerer, whereRedirected } from './whatAnswered';

/** An answer that can't be used. @internal */
export interface UnusableAnswer {
  /** How messages call the endpoint. */
  name: string | Worded;
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
  const asked = { name, path, status };
  const setting = settingOf(answer);
  if (status >= 300 && status < 400) {
    return redirectError(answer);
  }
  if (answerer === 'no-tenant') {
    return new EndpointError(
      'refused',
      word('wantsTenant', { ...asked, setting }),
      `headers: { X-Scope-OrgID: TENANT }`,
    );
  }
  if (answerer === 'wants-tls') {
    return new EndpointError(
      'rejected',
      word('wantsHttps', { ...asked, setting }),
      'url: https://…',
    );
  }
  if (status === 401 || status === 403) {
    return credentialsError(answer);
  }
  if (status === 429 || status === 503) {
    return new EndpointError('overloaded', word('busy', asked));
  }
  const other = somethingElse(answer);
  if (other) {
    return other;
  }
  if (status === 404 || status === 405) {
    return new EndpointError(
      'rejected',
      word('noSuchPath', { ...asked, advice: pathAdvice(answer) }),
      pathLine(answer),
    );
  }
  if (status >= 400 && status < 500) {
    return new EndpointError(
      'rejected',
      answerer === 'prometheus'
        ? word('rejectedBecause', {
            ...asked,
            reason: whyRefused(answer.start),
          })
        : word('rejected', asked),
    );
  }
  return new EndpointError(
    'failed',
    word(status === 502 || status === 504 ? 'failedOrProxy' : 'failed', asked),
  );
}

/** What is wrong with an answer of status 200 that is no JSON. @internal */
export function notJsonError(answer: UnusableAnswer): EndpointError {
  const { name, path, answerer } = answer;
  return (
    somethingElse(answer) ??
    new EndpointError(
      'unreadable',
      word(answerer === 'json' ? 'cutJson' : 'noJson', { name, path }),
    )
  );
}

/** Another product, or a page for people, where the API should be. */
function somethingElse(answer: UnusableAnswer): EndpointError | undefined {
  const { name, kind, path, status, answerer } = answer;
  const failure = status < 300 ? 'unreadable' : 'rejected';
  const isPage = status < 300 || status >= 400;
  const error = (what: Worded, advice: Worded, line?: string) =>
    new EndpointError(
      status >= 500 ? 'failed' : failure,
      word('somethingElse', { name, path, what, status, advice }),
      line,
    );
  if (!isPage || answerer === kind) {
    return answerer === 'opencost' && status < 300
      ? error(word('openCostPage'), pathAdvice(answer), pathLine(answer))
      : undefined;
  }
  switch (answerer) {
    case 'login':
      return error(
        word('loginPage'),
        word('loginPageAdvice', { setting: settingOf(answer) }),
      );
    case 'grafana':
      return error(
        word('grafana'),
        word('grafanaAdvice'),
        'url: https://…/api/datasources/proxy/uid/UID',
      );
    case 'opencost':
      return error(
        word('openCost'),
        word('openCostAdvice', { kind: kind ?? word('this') }),
        'opencost: { url: … }',
      );
    case 'prometheus':
      return kind === 'opencost'
        ? error(
            word('prometheus'),
            word('prometheusAdvice'),
            'prometheus: { url: … }',
          )
        : undefined;
    case 'kubernetes':
      return error(
        word('kubernetes'),
        word('kubernetesAdvice'),
        'url: https://…/api/v1/namespaces/NAMESPACE/services/SERVICE:PORT/proxy',
      );
    case 'page':
      return error(word('webPage'), pathAdvice(answer), pathLine(answer));
    default:
      return undefined;
  }
}

function redirectError(answer: UnusableAnswer): EndpointError {
  const { name, path, status } = answer;
  const setting = settingOf(answer);
  const to = whereRedirected(answer.url, answer.location);
  const [where, advice] = {
    login: [word('toLogin'), word('toLoginAdvice')],
    https: [word('toHttps'), word('toHttpsAdvice', { setting })],
    slash: [word('toSlash'), word('toSlashAdvice', { setting })],
    elsewhere: [word('toElsewhere'), word('toElsewhereAdvice', { setting })],
  }[to];
  return new EndpointError(
    'failed',
    word('redirected', { name, path, where, status, advice }),
    to === 'https' ? 'url: https://…' : undefined,
  );
}

const CREDENTIALS = {
  bearer: word('sentBearer'),
  basic: word('sentBasic'),
  headers: word('sentHeaders'),
};

function credentialsError(answer: UnusableAnswer): EndpointError {
  const { name, credentials, path, status, kind } = answer;
  const asked = { name, path, status };
  if (credentials === 'none') {
    const variable = `${(kind ?? 'endpoint').toLocaleUpperCase('en-US')}_TOKEN`;
    return new EndpointError(
      'refused',
      word('wantsCredentials', { ...asked, setting: settingOf(answer) }),
      `auth: { type: bearer, token: '\${${variable}}' }`,
    );
  }
  return new EndpointError(
    'refused',
    word(status === 401 ? 'credentialsRefused' : 'credentialsForbidden', {
      ...asked,
      sent: CREDENTIALS[credentials],
    }),
  );
}

/** Path endings that Headroom adds itself, or that are pages. */
const TOO_MUCH = /\/(api\/v1(\/query)?|graph|query|allocation|assets)$/;

function pathAdvice(answer: UnusableAnswer): Worded {
  const { kind, path } = answer;
  const setting = settingOf(answer);
  const base = new URL(answer.url).pathname.slice(0, -path.length);
  const extra = TOO_MUCH.exec(base)?.[0];
  if (extra) {
    return word('pathTooMuch', { setting, extra });
  }
  if (kind === 'prometheus') {
    return word('pathOfPrometheus', { setting });
  }
  if (kind === 'opencost') {
    return word('pathOfOpenCost', { setting });
  }
  return word('pathOfOther', { setting });
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
function settingOf({ kind }: UnusableAnswer): string | Worded {
  return kind ? `headroom.clusters[].${kind}` : word('itsConfiguration');
}
