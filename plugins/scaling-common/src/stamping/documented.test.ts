import { readFileSync } from 'fs';
import { resolve } from 'path';
import { SERVICE_DEFAULTS, ServiceDefaults } from './serviceDefaults';
import { SERVICE_METRICS } from './serviceMetrics';
import { SERVICE_KINDS, ServiceKind } from './ServiceSpec';

const page = readFileSync(
  resolve(__dirname, '../../../../docs/templates.md'),
  'utf8',
);

/** Cells of the rows of docs/templates.md whose first is a name in code. */
const rows = page
  .split('\n')
  .filter(line => line.startsWith('| `'))
  .map(line => line.split('|').map(cell => cell.trim()));

const SIGNALS = {
  cpu: 'CPU',
  memory: 'memory',
  requestsPerSecond: 'requests per second',
  queueDepth: 'queue depth',
  none: 'nothing',
} as const;

function followed({ signal, target, latencyMilliseconds }: ServiceDefaults) {
  const percent = signal === 'cpu' || signal === 'memory';
  return [
    SIGNALS[signal],
    ...(target === undefined
      ? []
      : [`, ${target}${percent ? ' %' : ' a replica'}`]),
    ...(latencyMilliseconds === undefined
      ? []
      : [`; ${latencyMilliseconds} ms guard`]),
  ].join('');
}

/** What the page has to say of a kind. */
function documented(kind: ServiceKind): Record<string, string> {
  const defaults = SERVICE_DEFAULTS[kind];
  const { replicas, requests, scaleDown } = defaults;
  const step =
    scaleDown.pods === undefined ? `${scaleDown.percent} %` : scaleDown.pods;
  return {
    replicas: `${replicas.min}–${replicas.max}`,
    follows: followed(defaults),
    requests: `${requests.cpu}, ${requests.memory}, disk ${requests.ephemeralStorage}`,
    ...(defaults.signal !== 'none' && {
      down: `${defaults.scaleDownAfterSeconds} s, then ${step} in ${scaleDown.seconds} s`,
    }),
    ...(defaults.gpu && { GPU: defaults.gpu.sharing }),
    ...(defaults.storage !== undefined && { volume: defaults.storage }),
    capacity: defaults.spot ? 'spot' : 'on demand',
    ...(defaults.cron !== undefined && { cron: `\`${defaults.cron}\`` }),
  };
}

describe('docs/templates.md', () => {
  it.each(SERVICE_KINDS)(
    'says the defaults of %s, with reason and source',
    kind => {
      const own = rows.filter(
        ([, name, what]) => name === `\`${kind}\`` && what !== undefined,
      );
      expect(
        Object.fromEntries(own.map(([, , what, value]) => [what, value])),
      ).toEqual(documented(kind));
      for (const [, , , , reason, source] of own) {
        expect(reason).toMatch(/\w{3}/);
        expect(source).toMatch(/\]\[|own choice/);
      }
    },
  );

  it('names every source', () => {
    for (const [, name] of page.matchAll(/\]\[(\w+)\]/g)) {
      expect(page).toContain(`\n[${name}]: https://`);
    }
  });

  it.each(Object.values(SERVICE_METRICS))('names the metric %s', metric => {
    expect(rows.map(([, name]) => name)).toContain(`\`${metric}\``);
  });
});
