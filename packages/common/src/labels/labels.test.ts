import fc from 'fast-check';
import {
  createLabelReader,
  labelReader,
  sanitizeLabelKey,
  snakeCaseLabelKey,
} from './labels';

/**
 * What kube-state-metrics 2 does, one character at a time
 * (`internal/store/utils.go`: SanitizeLabelName, then toSnakeCase).
 */
function referenceKey(key: string): string {
  const sanitized = [...key]
    .map(char => (/^[a-zA-Z0-9_]$/.test(char) ? char : '_'))
    .join('');
  let snake = '';
  for (let at = 0; at < sanitized.length; at += 1) {
    const char = sanitized[at];
    const next = sanitized[at + 1] ?? '';
    const isLower =
      (char >= 'a' && char <= 'z') || (char >= '0' && char <= '9');
    const isUpper = next >= 'A' && next <= 'Z';
    snake += isLower && isUpper ? `${char}_` : char;
  }
  return snake.toLowerCase();
}

/** Its mapToPrometheusLabels: keys in byte order, a number for each of those that become one. */
function exported(
  labels: Record<string, string>,
  nameOf = referenceKey,
): Record<string, string> {
  const keys = Object.keys(labels).sort((a, b) =>
    Buffer.compare(Buffer.from(a), Buffer.from(b)),
  );
  const result: Array<[string, string]> = [];
  const seen = new Map<string, { count: number; first: number }>();
  for (const key of keys) {
    const name = nameOf(key);
    const conflict = seen.get(name);
    if (!conflict) {
      seen.set(name, { count: 1, first: result.length });
      result.push([name, labels[key]]);
    } else {
      if (conflict.count === 1) {
        result[conflict.first][0] = `${name}_conflict1`;
      }
      conflict.count += 1;
      result.push([`${name}_conflict${conflict.count}`, labels[key]]);
    }
  }
  return Object.fromEntries(result);
}

const part = fc.stringMatching(
  /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,12}[A-Za-z0-9])?$/,
);
const prefix = fc.stringMatching(/^[a-z0-9]([-a-z0-9.]{0,8}[a-z0-9])?$/);
const labelKey = fc.oneof(
  part,
  fc.tuple(prefix, part).map(([domain, name]) => `${domain}/${name}`),
);

describe('label keys', () => {
  it.each([
    // kube-state-metrics, internal/store/utils_test.go
    ['app1', 'app1'],
    ['0_app3', '0_app3'],
    ['', ''],
    ['$app4', '_app4'],
    ['_app5', '_app5'],
    ['camelCase', 'camel_case'],
    ['snake_camelCase', 'snake_camel_case'],
    ['conflicting_camelCase', 'conflicting_camel_case'],
    ['already_valid_Name9', 'already_valid_name9'],
    ['app.kubernetes.io/name', 'app_kubernetes_io_name'],
    ['-leading', '_leading'],
    ['trailing/', 'trailing_'],
    ['ünïcode', '_n_code'],
    ['fooBarBaz', 'foo_bar_baz'],
    ['aBC', 'a_bc'],
    ['aBcD', 'a_bc_d'],
    ['ABC', 'abc'],
    ['a_B', 'a_b'],
    ['9A', '9_a'],
    ['_A', '_a'],
    ['fooBar_Baz9X', 'foo_bar_baz9_x'],
    // #1162, #1662, and what people write
    ['marketplace.operatorSource', 'marketplace_operator_source'],
    ['com.acme/fooBar', 'com_acme_foo_bar'],
    ['appName', 'app_name'],
    ['Team', 'team'],
    ['acme.io/serviceName', 'acme_io_service_name'],
    ['eks.amazonaws.com/capacityType', 'eks_amazonaws_com_capacity_type'],
    ['acme.io/HTTPServer', 'acme_io_httpserver'],
    ['k8s.io/Über😀', 'k8s_io__ber_'],
  ])('kube-state-metrics 2 writes %j as %j', (key, name) => {
    expect(snakeCaseLabelKey(key)).toBe(name);
    expect(referenceKey(key)).toBe(name);
  });

  it.each([
    ['marketplace.operatorSource', 'marketplace_operatorSource'],
    ['com.acme/fooBar', 'com_acme_fooBar'],
    ['Team', 'Team'],
    ['ünïcode😀', '_n_code_'],
  ])('Prometheus and kube-state-metrics 1 write %j as %j', (key, name) => {
    expect(sanitizeLabelKey(key)).toBe(name);
  });

  it('are what kube-state-metrics makes of any key', () => {
    fc.assert(
      fc.property(fc.oneof(labelKey, fc.string({ unit: 'binary' })), key => {
        expect(snakeCaseLabelKey(key)).toBe(referenceKey(key));
        expect(snakeCaseLabelKey(sanitizeLabelKey(key))).toBe(
          snakeCaseLabelKey(key),
        );
      }),
      { numRuns: 500 },
    );
  });
});

describe('labels', () => {
  const labels = fc.dictionary(labelKey, fc.constantFrom('a', 'b'), {
    maxKeys: 6,
  });

  it('are read by their keys through either version, or not at all', () => {
    fc.assert(
      fc.property(
        labels,
        fc.constantFrom(snakeCaseLabelKey, sanitizeLabelKey),
        (real, nameOf) => {
          const read = labelReader({
            labels: exported(real, nameOf),
            labelsSanitized: true,
          });
          for (const [key, value] of Object.entries(real)) {
            const namesakes = Object.entries(real).filter(
              ([other]) => nameOf(other) === nameOf(key),
            );
            const certain = namesakes.every(([, of]) => of === value);
            expect(read(key)).toBe(certain ? value : undefined);
          }
        },
      ),
    );
  });

  it('are certain where the Kubernetes API says what they are', () => {
    fc.assert(
      fc.property(labels, real => {
        const read = labelReader({
          labels: exported(real),
          labelsSanitized: true,
          kubernetesLabels: real,
        });
        for (const [key, value] of Object.entries(real)) {
          expect(read(key)).toBe(value);
        }
      }),
    );
  });

  it('say which names can’t be told apart', () => {
    const read = createLabelReader({
      labels: exported({
        appName: 'web',
        'app-name': 'api',
        'app.name': 'api',
        tier: 'x',
        'is.conflict1': 'y',
      }),
      labelsSanitized: true,
    });
    expect(read('appName')).toEqual({
      values: ['api', 'web'],
      conflict: [
        ['app_name_conflict1', 'api'],
        ['app_name_conflict2', 'api'],
        ['app_name_conflict3', 'web'],
      ],
    });
    expect(read('tier')).toEqual({ values: ['x'] });
    // A label that is called so is no conflict.
    expect(read('is.conflict1')).toEqual({ values: ['y'] });
    expect(read('is')).toEqual({ values: [] });
  });

  it('of the Kubernetes API are other labels than those an exporter writes alike', () => {
    const read = createLabelReader({
      labels: { app_name: 'web', injected_by: 'mesh' },
      labelsSanitized: true,
      kubernetesLabels: { 'app-name': 'web', Team: 'shop' },
    });
    expect(read('app-name')).toEqual({ values: ['web'] });
    expect(read('appName')).toEqual({ values: [] });
    expect(read('Team')).toEqual({ values: ['shop'], fromKubernetes: true });
    expect(read('injectedBy')).toEqual({ values: ['mesh'] });
  });

  it('are read as they are where nothing changed their keys', () => {
    const read = labelReader({ labels: { app_name: 'web' } });
    expect(read('app_name')).toBe('web');
    expect(read('appName')).toBeUndefined();
    expect(read('toString')).toBeUndefined();
  });
});
