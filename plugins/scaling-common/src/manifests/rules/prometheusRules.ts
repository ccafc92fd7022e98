import {
  at,
  formatManifestPath,
  listAt,
  mapAt,
  textAt,
  printed,
} from '../json';
import { Hit } from '../ManifestRule';
import { ManifestObject } from '../ManifestObject';
import { sayManifest } from '../sentences';
import { defineRules } from './defineRules';
import { unitSlip } from './promqlUnits';

/** Operators of PromQL that take `by` and `without`. */
const AGGREGATIONS =
  /(?:^|[^\w:])(sum|min|max|avg|group|stddev|stdvar|count|count_values|bottomk|topk|quantile|limitk|limit_ratio)$/i;

/** A `by (…)` or `without (…)` that no aggregation stands before, as it is written. */
export function misplacedGrouping(expression: string): string | undefined {
  // What is in quotes and braces may look like anything.
  const bare = expression.replace(
    /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|\{[^{}]*\}/g,
    text => ' '.repeat(text.length),
  );
  for (const match of bare.matchAll(/\b(by|without)\s*\([^()]*\)/gi)) {
    const before = bare.slice(0, match.index).trimEnd();
    let head = before;
    if (before.endsWith(')')) {
      let depth = 0;
      let index = before.length - 1;
      for (; index >= 0; index -= 1) {
        depth += before[index] === ')' ? 1 : 0;
        depth -= before[index] === '(' ? 1 : 0;
        if (depth === 0) {
          break;
        }
      }
      head = before.slice(0, Math.max(0, index)).trimEnd();
    }
    if (!AGGREGATIONS.test(head)) {
      return match[0];
    }
  }
  return undefined;
}

function isBalanced(expression: string): boolean {
  const bare = expression.replace(
    /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`/g,
    '',
  );
  const closes: Record<string, string> = { ')': '(', ']': '[', '}': '{' };
  const open: string[] = [];
  for (const character of bare) {
    if ('([{'.includes(character)) {
      open.push(character);
    } else if (closes[character] && open.pop() !== closes[character]) {
      return false;
    }
  }
  return open.length === 0;
}

function* alerts(on: ManifestObject): Iterable<Hit> {
  for (const [g, group] of listAt(on.object, 'spec', 'groups').entries()) {
    for (const [r, rule] of listAt(group, 'rules').entries()) {
      const above = ['spec', 'groups', g, 'rules', r];
      const path = [...above, 'expr'];
      const field = formatManifestPath(path);
      const expression = printed(at(rule, 'expr') ?? '').trim();
      if (expression === '') {
        yield { on, path, said: sayManifest('M50empty', { field }) };
      } else if (!isBalanced(expression)) {
        yield { on, path, said: sayManifest('M50brackets', { field }) };
      }
      const clause = misplacedGrouping(expression);
      if (clause !== undefined) {
        yield { on, path, said: sayManifest('M50by', { field, clause }) };
      }
      const slip = unitSlip(expression);
      if (slip) {
        yield {
          on,
          path,
          severity: 'warning',
          said: sayManifest('M50unit', { field, ...slip }),
        };
      }
      if (
        at(rule, 'alert') !== undefined &&
        at(rule, 'for') === undefined &&
        at(rule, 'keep_firing_for') === undefined
      ) {
        const where = [...above, 'for'];
        yield {
          on,
          path: where,
          severity: 'warning',
          said: sayManifest('M50for', { field: formatManifestPath(where) }),
        };
      }
    }
  }
}

export const prometheusRules = defineRules('prometheusRules', {
  M50: {
    severity: 'error',
    judges: ['promtool'],
    *check(set) {
      for (const on of set.of('PrometheusRule')) {
        yield* alerts(on);
      }
    },
  },
  M51: {
    severity: 'warning',
    *check(set) {
      const path = ['metadata', 'labels'];
      const field = formatManifestPath(path);
      const wanted = set.context.ruleSelector;
      for (const on of set.of('PrometheusRule')) {
        const labels = mapAt(on.object, ...path);
        if (!wanted) {
          const named = Object.keys(labels).filter(
            key => !key.startsWith('app.kubernetes.io/'),
          );
          if (named.length === 0) {
            yield { on, path, said: sayManifest('M51none', { field }) };
          }
          continue;
        }
        for (const [key, value] of Object.entries(wanted)) {
          if (textAt(labels, key) !== value) {
            yield {
              on,
              path: [...path, key],
              said: sayManifest('M51other', {
                field,
                label: `${key}: ${value}`,
              }),
              edits: [{ path: [...path, key], value }],
            };
          }
        }
      }
    },
  },
});
