import { ALERT_SEVERITIES, AlertSeverity, CostAlert } from './costAlert';

/** An alert as one reader may read it. @public */
export interface ReadAlert {
  alert: CostAlert;
  /** The reader may read the cost it speaks of. */
  withAmounts: boolean;
}

/** What one notification says. @public */
export interface AlertMessage {
  title: string;
  description: string;
  severity: AlertSeverity;
  topic: string;
  scope: string;
  link: string;
}

/** Of a description: Slack refuses a section of more than 3000. */
const MOST_CHARACTERS = 2800;

/**
 * Notifications that say alerts. Those of one scope are one notification, whose scope
 * that is; others are one digest, or as many as it takes for a text that mail and Slack
 * take. Every alert is said once.
 *
 * @param key - tells this digest from others
 * @public
 */
export function mergeAlerts(
  alerts: readonly ReadAlert[],
  key: string,
): AlertMessage[] {
  const bundles = bundlesOf(alerts);
  if (bundles.length === 1) {
    return [toMessage(bundles[0])];
  }
  const pages: ReadAlert[][][] = [];
  let length = Infinity;
  for (const bundle of bundles) {
    const size = paragraphOf(bundle).length + 2;
    if (length + size > MOST_CHARACTERS) {
      pages.push([]);
      length = 0;
    }
    pages[pages.length - 1].push(bundle);
    length += size;
  }
  return pages.map((page, index) =>
    page.length === 1 ? toMessage(page[0]) : toDigest(page, `${key}:${index}`),
  );
}

function toMessage(bundle: ReadAlert[]): AlertMessage {
  const { title, kind, scope, link } = bundle[bundle.length - 1].alert;
  return {
    title,
    description: cut(sentencesOf(bundle)),
    severity: severityOf(bundle),
    topic: `cost-${kind}`,
    scope,
    link,
  };
}

function toDigest(page: ReadAlert[][], key: string): AlertMessage {
  return {
    title: `What happened to cost: ${page.length} alerts`,
    description: cut(page.map(paragraphOf).join('\n\n')),
    severity: severityOf(page.flat()),
    topic: 'cost-digest',
    scope: `digest:${key}`,
    link: page
      .flat()
      .every(({ alert }) => alert.link.startsWith('/cost/budgets'))
      ? '/cost/budgets'
      : '/cost',
  };
}

/** By scope, in the order in which they happened. */
function bundlesOf(alerts: readonly ReadAlert[]): ReadAlert[][] {
  const byScope = new Map<string, ReadAlert[]>();
  for (const each of alerts) {
    const { scope } = each.alert;
    byScope.set(scope, [...(byScope.get(scope) ?? []), each]);
  }
  return [...byScope.values()];
}

function paragraphOf(bundle: ReadAlert[]): string {
  return `${bundle[bundle.length - 1].alert.title}. ${sentencesOf(bundle)}`;
}

function sentencesOf(bundle: ReadAlert[]): string {
  return bundle
    .map(({ alert, withAmounts }) =>
      withAmounts ? alert.sentence : alert.plain,
    )
    .join(' ');
}

function severityOf(alerts: readonly ReadAlert[]): AlertSeverity {
  return (
    ALERT_SEVERITIES.find(each =>
      alerts.some(({ alert }) => alert.severity === each),
    ) ?? 'low'
  );
}

function cut(text: string): string {
  return text.length > MOST_CHARACTERS
    ? `${text.slice(0, MOST_CHARACTERS - 1)}…`
    : text;
}
