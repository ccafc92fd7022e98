import {
  ALERT_SEVERITIES,
  AlertKind,
  AlertSeverity,
  CostAlert,
} from './costAlert';
import { entityLink } from './entityLink';

/** An alert as one reader may read it. @public */
export interface ReadAlert {
  alert: CostAlert;
  /** The reader may read the cost it speaks of. */
  withAmounts: boolean;
  /** Groups on whose page the cost is; absent = none. */
  teams?: readonly string[];
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

/** Kinds of which one page lists all. */
const LISTED: readonly AlertKind[] = ['budget', 'forecast', 'rule'];

/**
 * Notifications that say alerts. Those of one scope are one notification, whose scope
 * that is; others of a kind are one digest, or as many as it takes for a text that mail
 * and Slack take. Kinds are not mixed: each is a topic, and who muted it is not told it
 * among others. Every alert is said once, but rules of which there are many at a time: of
 * those the most severe are, and how many more there are.
 *
 * @param key - tells this digest from others
 * @public
 */
export function mergeAlerts(
  alerts: readonly ReadAlert[],
  key: string,
): AlertMessage[] {
  const kinds = new Set(alerts.map(({ alert }) => alert.kind));
  return [...kinds].flatMap(kind =>
    mergeKind(
      kind,
      alerts.filter(({ alert }) => alert.kind === kind),
      key,
    ),
  );
}

function mergeKind(
  kind: AlertKind,
  alerts: readonly ReadAlert[],
  key: string,
): AlertMessage[] {
  const { bundles, more } = withoutMostRules(kind, bundlesOf(alerts));
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
      : toDigest(kind, page, `${key}:${kind}:${index}`, others);
  });
}

function withoutMostRules(
  kind: AlertKind,
  bundles: ReadAlert[][],
): {
  bundles: ReadAlert[][];
  more: number;
} {
  if (kind !== 'rule' || bundles.length <= MOST_RULES) {
    return { bundles, more: 0 };
  }
  const told = new Set(
    [...bundles].sort((a, b) => rankOf(a) - rankOf(b)).slice(0, MOST_RULES),
  );
  return {
    bundles: bundles.filter(each => told.has(each)),
    more: bundles.length - MOST_RULES,
  };
}

function rankOf(bundle: readonly ReadAlert[]): number {
  return ALERT_SEVERITIES.indexOf(severityOf(bundle));
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
  kind: AlertKind,
  page: ReadAlert[][],
  key: string,
  more: number,
): AlertMessage {
  const last =
    more > 0
      ? `\n\nRules say so of ${more} more; the page of budgets and rules lists what is over them now.`
      : '';
  const text = page.map(paragraphOf).join('\n\n');
  return {
    title: `What happened to cost: ${page.length + more} alerts`,
    description: cut(text, MOST_CHARACTERS - last.length) + last,
    severity: severityOf(page.flat()),
    topic: `cost-${kind}`,
    scope: `digest:${key}`,
    link: LISTED.includes(kind) ? '/cost/budgets' : linkOf(page),
  };
}

/** No page has incidents of everybody: it is their team's, or that of the most severe. */
function linkOf(page: ReadAlert[][]): string {
  const alerts = page.flat();
  const team = alerts[0].teams?.find(each =>
    alerts.every(({ teams }) => teams?.includes(each)),
  );
  const links = new Set(alerts.map(({ alert }) => alert.link));
  if (team !== undefined && links.size > 1) {
    return entityLink(team);
  }
  const [first] = [...page].sort((a, b) => rankOf(a) - rankOf(b));
  return first[first.length - 1].alert.link;
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

/** The newest first: the title is that one's. */
function sentencesOf(bundle: ReadAlert[]): string {
  return [...bundle]
    .reverse()
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
