import { CheckFinding, ClusterCheckEvent } from '@headroom/common';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readArguments, USAGE } from './arguments';
import { findPortal } from './portal';
import { Report } from './Report';

describe('arguments', () => {
  it.each([
    [['us-west'], { cluster: 'us-west', json: false }],
    [
      ['--config', 'a.yaml', '--config', 'b.yaml', '--json', 'eu'],
      { cluster: 'eu', json: true },
    ],
    [['--backend', 'packages/api'], { backend: 'packages/api' }],
    [['--help'], { help: true, cluster: undefined }],
  ])('%j', (argv, expected) => {
    expect(readArguments(argv)).toMatchObject(expected);
  });

  it('are refused when they are not known, and are all in the usage', () => {
    expect(() => readArguments(['--cluster', 'a'])).toThrow('--cluster');
    expect(() => readArguments(['a', 'b'])).toThrow('not 2: a, b');
    for (const option of ['--config', '--backend', '--json', '--help']) {
      expect(USAGE).toContain(option);
    }
  });
});

describe('the portal', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'portal-'));
  });

  afterEach(() => rmSync(root, { recursive: true }));

  function write(file: string, content: unknown) {
    const path = join(root, file);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(
      path,
      typeof content === 'string' ? content : JSON.stringify(content),
    );
  }

  /** A package of a portal's node_modules. */
  function install(name: string, manifest: object, source: string) {
    write(`node_modules/${name}/package.json`, {
      name,
      main: 'index.js',
      ...manifest,
    });
    write(`node_modules/${name}/index.js`, source);
  }

  function portal(directory = '.') {
    install(
      '@backstage/backend-defaults',
      {},
      'exports.createBackend = () => "a back end";',
    );
    const role = 'backend-plugin-module';
    install(
      '@acme/our-source',
      { backstage: { role, pluginId: 'cost' } },
      'exports.default = "our source";',
    );
    install(
      '@acme/catalog-module',
      { backstage: { role, pluginId: 'catalog' } },
      'throw new Error("not to be loaded");',
    );
    install('left-pad', { exports: { '.': './index.js' } }, '');
    write(`${directory}/package.json`, {
      dependencies: {
        '@backstage/backend-defaults': '*',
        '@headroom/plugin-cost-backend': '*',
        '@acme/our-source': '*',
        '@acme/catalog-module': '*',
        'left-pad': '*',
        'not-installed': '*',
      },
    });
  }

  it.each([
    ['where the command runs', '.', undefined],
    ['in packages/backend', 'packages/backend', undefined],
    ['where it is said to be', 'services/api', 'services/api'],
  ])('is found %s, with the modules of cost it has', (_, directory, given) => {
    portal(directory);
    const found = findPortal(root, given);
    expect(found.createBackend()).toBe('a back end');
    expect([...found.modules]).toEqual([['@acme/our-source', 'our source']]);
  });

  it('is asked for where there is none', () => {
    write('package.json', { dependencies: { express: '*' } });
    expect(() => findPortal(root)).toThrow(/--backend$/);
  });
});

describe('the report', () => {
  const finding = (change: Partial<CheckFinding>): ClusterCheckEvent => ({
    type: 'finding',
    subject: 'source',
    finding: { id: 'x', severity: 'right', sentence: 'It is.', ...change },
  });
  const started: ClusterCheckEvent = {
    type: 'started',
    cluster: 'us-west',
    title: 'US West',
    source: 'prometheus',
    simulated: false,
    at: '2026-03-02T10:00:00Z',
  };

  it('has the worst first, with effect and the line as it is', () => {
    const report = Report.create({ colours: false });
    for (const event of [
      started,
      finding({}),
      finding({
        severity: 'wrong',
        sentence:
          'A sentence that is so long that it can not be on one line of a terminal.',
        effect: 'It costs.',
        mend: { where: 'There', line: 'nodes:\n  - { a: b }' },
      }),
    ]) {
      report.take(event);
    }
    expect(report.exitCode).toBe(1);
    expect(String(report)).toBe(
      [
        'US West (us-west), read by prometheus',
        '',
        'Wrong (1)',
        '',
        '  ✗ A sentence that is so long that it can not be on one line of a terminal.',
        '    It costs.',
        '    → There:',
        '        nodes:',
        '          - { a: b }',
        '',
        'Right (1)',
        '',
        '  ✓ It is.',
        '',
      ].join('\n'),
    );
  });

  it.each([
    [[finding({})], 0],
    [[finding({ severity: 'note' })], 0],
    [[finding({ severity: 'missing' })], 1],
    [[{ type: 'failed', message: 'It took too long.' } as const], 2],
  ])('of %j exits with %i', (events, code) => {
    const report = Report.create({ colours: true });
    events.forEach(event => report.take(event));
    expect(report.exitCode).toBe(code);
  });

  it('says what is asked while it goes on, and why it ended', () => {
    const report = Report.create({ colours: false });
    expect(
      report.take({ type: 'asking', subject: 'source', question: 'Well?' }),
    ).toBe('  Well?');
    report.take({ type: 'failed', message: 'It took too long.' });
    expect(String(report)).toContain('It took too long.');
  });
});
