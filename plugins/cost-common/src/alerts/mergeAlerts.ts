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

/** Rules that one text names: what is over them by the hundred is on their page. */
const MOST_RULES = 10;

/**
 * Notifications that say alerts. Those of one scope are one notification, whose scope
 * that is; others are one digest, or as many as it takes for a text that mail and Slack
 * take. Every alert is said once, but rules of which there are many at a time: of those the
 * most severe are, and how many more there are.
 *
 * @param key - tells this digest from others
 * @public
 */
export function mergeAlerts(
  alerts: readonly ReadAlert[],
  key: string,
): AlertMessage[] {
  const { bundles, more } = withoutMostRules(bundlesOf(alerts));
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
  return pages.map((page, index) => {
    const others = index === pages.length - 1 ? more : 0;
    return page.length === 1 && others === 0
      ? toMessage(page[0])
      : toDigest(page, `${key}:${index}`, others);
  });
}

function withoutMostRules(bundles: ReadAlert[][]): {
  bundles: ReadAlert[][];
  more: number;
} {
  const rules = bundles.filter(isOfRule);
  if (rules.length <= MOST_RULES) {
    return { bundles, more: 0 };
  }
  const rank = (bundle: ReadAlert[]) =>
    ALERT_SEVERITIES.indexOf(severityOf(bundle));
  const told = new Set(
    [...rules].sort((a, b) => rank(a) - rank(b)).slice(0, MOST_RULES),
  );
  return {
    bundles: bundles.filter(each => !isOfRule(each) || told.has(each)),
    more: rules.length - MOST_RULES,
  };
}

function isOfRule(bundle: ReadAlert[]): boolean {
  return bundle[0].alert.kind === 'rule';
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

function toDigest(
  page: ReadAlert[][],
  key: string,
  more: number,
): AlertMessage {
  const isListed = (bundle: ReadAlert[]) =>
    isOfRule(bundle) ||
    bundle.every(({ alert }) => alert.link.startsWith('/cost/budgets'));
  const last =
    more > 0
      ? `\n\nRules say so of ${more} more; the page of budgets and rules lists what is over them now.`
      : '';
  const text = page.map(paragraphOf).join('\n\n');
  return {
    title: `What happened to cost: ${page.length + more} alerts`,
    description: cut(text, MOST_CHARACTERS - last.length) + last,
    severity: severityOf(page.flat()),
    // Who muted rules is not told them all the same because there are several.
    topic: page.every(isOfRule) ? 'cost-rule' : 'cost-digest',
    scope: `digest:${key}`,
    link: page.every(isListed) ? '/cost/budgets' : '/cost',
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

function cut(text: string, most = MOST_CHARACTERS): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
