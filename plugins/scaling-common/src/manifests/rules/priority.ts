import { at, formatManifestPath, mapAt, shown, textAt } from '../json';
import { nameOf } from '../ManifestSet';
import { sayManifest } from '../sentences';
import { defineRules } from './defineRules';

/** The most that a class of users may have; more is of the system. */
const MOST = 1_000_000_000;
/** How people call work that nobody waits for. */
const BATCH = /batch|offline|training|backfill|best-?effort|preemptible/i;

export const priorityRules = defineRules('priority', {
  M29: {
    severity: 'error',
    *check(set) {
      const classes = set.of('PriorityClass');
      const defaults = classes.filter(
        ({ object }) => at(object, 'globalDefault') === true,
      );
      for (const on of classes) {
        const nested = mapAt(on.object, 'spec');
        const value = at(on.object, 'value');
        if (at(on.object, 'spec') !== undefined) {
          yield {
            on,
            path: ['spec'],
            said: sayManifest('M29spec', { field: 'spec' }),
            edits: [
              ...Object.entries(nested)
                .filter(([key]) => at(on.object, key) === undefined)
                .map(([key, each]) => ({ path: [key], value: each })),
              { path: ['spec'], value: null },
            ],
          };
        } else if (value === undefined) {
          yield { on, path: ['value'], said: sayManifest('M29value') };
        }
        if (
          typeof value === 'number' &&
          value > MOST &&
          !nameOf(on).startsWith('system-')
        ) {
          yield {
            on,
            path: ['value'],
            said: sayManifest('M29above', { field: 'value', value }),
          };
        }
        if (defaults.length > 1 && defaults.includes(on)) {
          yield {
            on,
            path: ['globalDefault'],
            said: sayManifest('M29default', {
              field: 'globalDefault',
              names: defaults
                .filter(other => other !== on)
                .map(nameOf)
                .sort()
                .join(', '),
            }),
          };
        }
        const policy = textAt(on.object, 'preemptionPolicy');
        if (BATCH.test(nameOf(on)) && policy !== 'Never') {
          const path = ['preemptionPolicy'];
          yield {
            on,
            path,
            severity: 'warning',
            said: sayManifest('M29batch', {
              field: formatManifestPath(path),
              value: shown(policy ?? 'PreemptLowerPriority'),
            }),
            edits: [{ path, value: 'Never' }],
          };
        }
      }
    },
  },
});
