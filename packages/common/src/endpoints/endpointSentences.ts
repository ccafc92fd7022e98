import { createWorder } from '../wording';

/**
 * Why an endpoint of a cluster, such as its Prometheus, gave no usable answer,
 * and what is probably meant.
 *
 * @public
 */
export const ENDPOINT_SENTENCES = {
  theEndpoint: 'The endpoint',
  itsConfiguration: 'its configuration',
  this: 'this',

  timeout: '{{name}} did not answer {{path}} within {{seconds}} s.',
  unreachable: "{{name}} can't be reached: {{reason}}.",
  unsendable:
    "{{name}} can't be asked: a configured header or token has a character that no header may have.",
  bytes: '{{amount}} bytes',
  mebibytes: '{{amount}} MiB',
  tooLarge:
    '{{name}} answered {{path}} with more than {{size}}, which is the most that is read of such an answer.',
  tooLargeForLimit:
    '{{name}} answered {{path}} with more than {{size}}, which is the most that is read of such an answer. Where the cluster really is that large, raise {{setting}}.maxResponseMebibytes.',
  noJson: '{{name}} answered {{path}} with what is no JSON.',
  cutJson:
    '{{name}} answered {{path}} with what is no JSON, or JSON that was cut or is absurd.',
  notPrometheus:
    '{{name}} answered {{path}} with JSON that is not that of the Prometheus API. See where headroom.clusters[].prometheus.url leads.',

  wantsTenant:
    '{{name}} answered {{path}} with HTTP {{status}}: it wants to know the tenant. Put the tenant’s name under {{setting}}.headers, as X-Scope-OrgID.',
  wantsHttps:
    '{{name}} answered {{path}} with HTTP {{status}}: its port wants HTTPS. Write https:// in {{setting}}.url.',
  busy: '{{name}} answered {{path}} with HTTP {{status}}: it is busy, or not ready yet.',
  noSuchPath:
    '{{name}} answered {{path}} with HTTP {{status}}: there is no such path at the configured URL. {{advice}}',
  rejected:
    '{{name}} answered {{path}} with HTTP {{status}}: it rejected the request.',
  rejectedBecause:
    '{{name}} answered {{path}} with HTTP {{status}}: it rejected the request: {{reason}}.',
  failed: '{{name}} answered {{path}} with HTTP {{status}}: it failed.',
  failedOrProxy:
    '{{name}} answered {{path}} with HTTP {{status}}: it failed, or a proxy in front of it got no answer from it.',

  tooManySamples:
    'it would have to load more samples at once than it allows (--query.max-samples)',
  rangeTooLong: 'the time range is longer than it allows at once',
  tooManySeries: 'it would have to load more series at once than it allows',
  tooManyPoints: 'it gives fewer points at once than were asked for',
  tookTooLong: 'it took longer than it gives itself',
  queryNotUnderstood:
    'it does not understand the query; PromQL of Prometheus 2.42 or newer is needed',
  ownReason: 'for a reason of its own, which its log says',

  wantsCredentials:
    '{{name}} answered {{path}} with HTTP {{status}}: it wants credentials, and none are configured. Put them under {{setting}}.auth: type bearer with a token, or type basic with username and password.',
  credentialsRefused:
    '{{name}} answered {{path}} with HTTP {{status}}: it refused {{sent}}. It may have expired, be of another service, or be empty where the back end runs.',
  credentialsForbidden:
    '{{name}} answered {{path}} with HTTP {{status}}: it knows who asks and refused this to {{sent}}. Whoever it belongs to needs the right to read there.',
  sentBearer: 'the configured bearer token',
  sentBasic: 'the configured user name and password',
  sentHeaders: 'the configured headers, and auth is not configured',

  redirected:
    '{{name}} answered {{path}} with a redirect {{where}} (HTTP {{status}}). {{advice}}',
  toLogin: 'to a page for signing in',
  toLoginAdvice:
    'A proxy in front of it wants a person. Ask it from inside of its network, past the proxy, or with credentials the proxy takes.',
  toHttps: 'to HTTPS',
  toHttpsAdvice: 'Write https:// in {{setting}}.url.',
  toSlash: 'to the same path with a slash at the end',
  toSlashAdvice: 'The path of {{setting}}.url is not that of an API.',
  toElsewhere: 'to somewhere else',
  toElsewhereAdvice:
    'It is not followed, so that credentials go nowhere else: configure the URL it leads to as {{setting}}.url.',

  somethingElse:
    '{{name}} answered {{path}} with {{what}} (HTTP {{status}}). {{advice}}',
  loginPage: 'a page for signing in',
  loginPageAdvice:
    'A proxy in front of it wants a person. Ask it from inside of its network, past the proxy, or configure credentials the proxy takes under {{setting}}.auth.',
  grafana: 'what a Grafana says',
  grafanaAdvice:
    'Configure the Prometheus behind it, or its data source as Grafana passes it on: …/api/datasources/proxy/uid/UID.',
  openCost: 'what an OpenCost or a Kubecost says',
  openCostAdvice:
    'Configure it as opencost of the cluster instead of {{kind}}.',
  openCostPage: 'the page of an OpenCost or a Kubecost',
  prometheus: 'what a Prometheus says',
  prometheusAdvice:
    'Configure it as prometheus of the cluster instead of opencost.',
  kubernetes: 'what a Kubernetes API server says',
  kubernetesAdvice:
    'Configure the service itself, or the path at which the API server passes requests on to it.',
  webPage: 'a web page instead of JSON',

  pathTooMuch:
    '{{setting}}.url ends with {{extra}}, which is too much: remove it.',
  pathOfPrometheus:
    'Mimir serves below /prometheus, and so does many a Prometheus behind a proxy (--web.route-prefix): add the prefix to {{setting}}.url. An OpenCost belongs under opencost.',
  pathOfOpenCost:
    'An OpenCost serves its API at port 9003, a Kubecost below /model: see that {{setting}}.url leads there.',
  pathOfOther: 'See where {{setting}}.url leads.',
} as const;

/** @public */
export const wordEndpoint = createWorder('endpoint', ENDPOINT_SENTENCES);
