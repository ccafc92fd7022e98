import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const templates = fileURLToPath(new URL('../templates', import.meta.url));

const TYPESCRIPT = ['web-service', 'api-gateway'];
const PYTHON = [
  'model-serving',
  'gpu-inference',
  'batch-inference',
  'training-job',
  'feature-store',
];

/** Programs for buckets. */
const BUCKETS = ['object-storage-lifecycle', 'worm-audit-bucket'];

/**
 * A skeleton is copied whole, so what several need is in each of them. What is mended
 * in one has to be mended in all: these files are the same.
 */
const SHARED = [
  ...['src/Lifecycle.ts', 'src/log.ts', 'test/lifecycle.test.ts'].map(file => ({
    file,
    kinds: TYPESCRIPT,
  })),
  ...['tsconfig.json', 'package.json.njk', 'package-lock.json.njk'].map(
    file => ({ file, kinds: TYPESCRIPT }),
  ),
  { file: '.github/workflows/ci.yaml', kinds: TYPESCRIPT },
  ...[
    ...['environment', 'lifecycle', 'log', 'server', 'signals', 'web'].map(
      name => `runtime/${name}.py`,
    ),
    'tests/asking.py',
    'tests/test_runtime.py',
    '.github/workflows/ci.yaml',
  ].map(file => ({ file, kinds: PYTHON })),
  ...['requirements.txt', '.gitignore', '.github/workflows/ci.yaml'].map(
    file => ({ file, kinds: BUCKETS }),
  ),
  ...['service/model.py', 'model/model.json'].map(file => ({
    file,
    kinds: ['model-serving', 'batch-inference'],
  })),
];

const read = (kind, file) =>
  fs.readFileSync(path.join(templates, kind, 'skeleton', file), 'utf8');

for (const { file, kinds } of SHARED) {
  test(`${file} is the same in the skeletons that share it`, () => {
    const [first, ...others] = kinds;
    for (const other of others) {
      assert.equal(read(other, file), read(first, file), `${other} differs`);
    }
  });
}

const services = [...TYPESCRIPT, ...PYTHON];

test('images are pinned, run as nobody, and get SIGTERM themselves', () => {
  for (const kind of services) {
    const lines = read(kind, 'Dockerfile.njk').split('\n');
    for (const line of lines.filter(one => one.startsWith('FROM '))) {
      assert.match(
        line,
        /^FROM (node|python):\d+\.\d+[\w.-]*( AS \w+)?$/,
        kind,
      );
    }
    const [user] = lines.filter(line => line.startsWith('USER '));
    assert.ok(Number(user.slice(5).split(':')[0]) > 10_000, kind);
    assert.match(
      lines.filter(line => line.startsWith('CMD ')).join(),
      /^CMD \[/,
    );
  }
});

test('what is a template in a skeleton ends in .njk, and only that', () => {
  const template = /\$\{\{ *values|\{%/;
  for (const kind of [...services, ...BUCKETS, 'postgres-partitions']) {
    const skeleton = path.join(templates, kind, 'skeleton');
    const files = fs
      .readdirSync(skeleton, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => path.join(entry.parentPath, entry.name))
      .filter(file => !/node_modules|__pycache__/.test(file));
    for (const file of files) {
      const isTemplate = template.test(fs.readFileSync(file, 'utf8'));
      assert.equal(isTemplate, file.endsWith('.njk'), file);
    }
  }
});

test('what autoscalers, alerts and dashboards ask for is told by some skeleton', () => {
  const names = fs
    .readFileSync(
      path.join(
        templates,
        '../plugins/scaling-common/src/stamping/serviceMetrics.ts',
      ),
      'utf8',
    )
    .match(/(?<=')[a-z]+_[a-z_]+(?=')/g);
  assert.ok(names.length >= 6);
  const code = services.flatMap(kind => {
    const skeleton = path.join(templates, kind, 'skeleton');
    return ['src', 'runtime', 'service', 'training']
      .map(folder => path.join(skeleton, folder))
      .filter(folder => fs.existsSync(folder))
      .flatMap(folder =>
        fs.readdirSync(folder).map(file => path.join(folder, file)),
      )
      .filter(file => /\.(ts|py)$/.test(file))
      .map(file => fs.readFileSync(file, 'utf8'));
  });
  for (const name of names) {
    assert.ok(
      code.some(text => text.includes(name)),
      `${name} is told by none`,
    );
  }
});
