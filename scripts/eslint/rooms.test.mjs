import assert from 'node:assert/strict';
import path from 'node:path';
import { before, describe, it } from 'node:test';
import { createRequire } from 'node:module';
import { root } from '../lib/paths.mjs';

const require = createRequire(import.meta.url);
const { ESLint } = require('eslint');

/** By package: imports its own .eslintrc.js must refuse, and ones it must not. */
const TABLE = {
  'plugins/cost-common': {
    refused: [
      'react',
      'node:fs',
      'fs/promises',
      '@material-ui/core',
      '@backstage/backend-plugin-api',
      '@backstage/core-plugin-api',
      '@backstage/frontend-plugin-api',
      '@backstage/plugin-catalog-react',
      '@backstage/plugin-catalog-node',
      '@headroom/plugin-cost',
      '@headroom/plugin-cost-node',
      '@headroom/plugin-cost-backend',
      '@headroom/plugin-clusters-node',
    ],
    allowed: [
      './money',
      'luxon',
      'zod',
      '@backstage/catalog-model',
      '@backstage/plugin-permission-common',
      '@headroom/plugin-scaling-common',
    ],
  },
  'plugins/cost': {
    refused: [
      'node:path',
      '@headroom/plugin-cost-backend',
      '@headroom/plugin-cost-node',
      '@headroom/plugin-clusters-node',
      '@headroom/plugin-scaling',
      '@backstage/backend-plugin-api',
      '@backstage/plugin-catalog-node',
    ],
    allowed: [
      'react',
      'recharts',
      '@headroom/plugin-cost-common',
      '@backstage/frontend-plugin-api',
      '@backstage/plugin-catalog-react/alpha',
    ],
  },
  'plugins/cost-node': {
    refused: [
      '@headroom/plugin-cost-backend',
      '@headroom/plugin-cost-backend-module-demo',
      '@headroom/plugin-cost',
      '@headroom/plugin-scaling-node',
      '@backstage/plugin-catalog-backend',
      'react',
    ],
    allowed: [
      '@headroom/plugin-cost-common',
      '@headroom/plugin-clusters-node',
      '@backstage/backend-plugin-api',
      '@backstage/plugin-permission-node',
    ],
  },
  'plugins/cost-backend': {
    refused: [
      '@headroom/plugin-scaling-backend',
      '@headroom/plugin-scaling-node',
      '@headroom/plugin-cost-backend-module-demo',
      '@headroom/plugin-cost',
      '@headroom/demo-cluster',
      '@backstage/plugin-catalog-backend',
      'react',
    ],
    allowed: [
      'node:path',
      'express',
      '@headroom/plugin-cost-common',
      '@headroom/plugin-cost-node',
      '@headroom/plugin-clusters-node',
      '@headroom/plugin-controllers-node',
      '@backstage/plugin-catalog-node',
    ],
  },
  'plugins/cost-backend-module-prometheus': {
    refused: [
      '@headroom/plugin-cost-backend',
      '@headroom/plugin-cost-backend/testing',
      '@headroom/plugin-cost-backend-module-demo',
      '@headroom/plugin-cost',
    ],
    allowed: [
      '@headroom/plugin-cost-node',
      '@headroom/plugin-cost-common',
      '@headroom/plugin-clusters-node',
    ],
  },
  'packages/common': {
    refused: [
      'node:fs',
      'react',
      '@backstage/backend-plugin-api',
      '@headroom/node',
      '@headroom/plugin-cost-common',
    ],
    allowed: ['luxon', '@backstage/catalog-model'],
  },
  'packages/react': {
    refused: [
      'node:fs',
      '@backstage/backend-plugin-api',
      '@headroom/node',
      '@headroom/plugin-cost-common',
      '@headroom/plugin-cost',
    ],
    allowed: ['react', 'recharts', '@headroom/common'],
  },
  'packages/node': {
    refused: [
      'react',
      '@headroom/react',
      '@headroom/plugin-cost-common',
      '@headroom/plugin-clusters-node',
    ],
    allowed: ['node:fs', '@backstage/backend-plugin-api', '@headroom/common'],
  },
  'plugins/clusters-node': {
    refused: [
      'react',
      '@headroom/plugin-cost-common',
      '@headroom/plugin-cost-node',
      '@headroom/plugin-controllers-node',
    ],
    allowed: ['@headroom/common', '@headroom/node'],
  },
  'packages/demo-cluster': {
    refused: ['@headroom/plugin-cost-backend', '@headroom/plugin-cost-node'],
    allowed: ['express', 'node:http'],
  },
  'packages/app': {
    refused: ['@headroom/plugin-cost-backend', '@headroom/plugin-cost-node'],
    allowed: ['@headroom/plugin-cost', '@headroom/plugin-cost-common'],
  },
  'packages/backend': {
    refused: ['@headroom/plugin-cost', 'react'],
    allowed: [
      '@headroom/plugin-cost-backend',
      '@headroom/plugin-cost-backend-module-demo',
    ],
  },
};

describe('the import table', () => {
  let eslint;
  before(() => {
    eslint = new ESLint({ cwd: root });
  });

  /** What ESLint says of the import table, for code in the package's src. */
  async function refusals(folder, code, name = 'probe.ts') {
    const [{ messages }] = await eslint.lintText(`${code}\n`, {
      filePath: path.join(root, folder, 'src', name),
    });
    assert.ok(!messages.some(message => message.fatal), messages[0]?.message);
    return messages.filter(
      ({ message, ruleId, severity }) =>
        severity === 2 &&
        ruleId === 'no-restricted-syntax' &&
        /^(Import not allowed here|Scopes are made|Requests read)/.test(
          message,
        ),
    );
  }

  for (const [folder, { refused, allowed }] of Object.entries(TABLE)) {
    it(`refuses what ${folder} may not import`, async () => {
      for (const name of refused) {
        const found = await refusals(folder, `import * as x from '${name}';`);
        assert.equal(found.length, 1, `${folder} could import ${name}`);
      }
    });

    it(`lets ${folder} import the rest`, async () => {
      for (const name of allowed) {
        const found = await refusals(folder, `import * as x from '${name}';`);
        assert.equal(found.length, 0, `${folder} could not import ${name}`);
      }
    });
  }

  for (const code of [
    "import type { X } from '@headroom/plugin-cost-backend';",
    "import '@headroom/plugin-cost-backend';",
    "export { X } from '@headroom/plugin-cost-backend';",
    "export * from '@headroom/plugin-cost-backend';",
    "const x = import('@headroom/plugin-cost-backend');",
    "const x = require('@headroom/plugin-cost-backend');",
    "type X = import('@headroom/plugin-cost-backend').X;",
    "import x = require('@headroom/plugin-cost-backend');",
  ]) {
    it(`sees through ${code}`, async () => {
      assert.equal((await refusals('plugins/cost-common', code)).length, 1);
    });
  }

  for (const [folder, name] of [
    ['plugins/cost-backend', '@headroom/plugin-cost-backend-module-demo'],
    ['plugins/cost-common', 'node:fs'],
    ['packages/app', 'node:fs'],
  ]) {
    it(`leaves tests of ${folder} alone, which put rooms together`, async () => {
      const code = `import * as x from '${name}';`;
      assert.equal((await refusals(folder, code)).length, 1);
      assert.equal((await refusals(folder, code, 'probe.test.ts')).length, 0);
    });
  }

  it('leaves what costs store behind scopes made from credentials', async () => {
    const folder = 'plugins/cost-backend';
    for (const code of [
      'Scope.grant();',
      'SourcesScope.grant();',
      "import { INTERNAL } from '../../database/scope';",
      "import { PageDatabase } from '../../database/PageDatabase';",
    ]) {
      for (const [file, refused] of [
        ['features/cost/probe.ts', 1],
        ['core/CostScopes.ts', 0],
        ['features/ingest/probe.ts', 1],
        ['plugin.ts', 1],
        ['features/cost/probe.test.ts', 0],
      ]) {
        const found = await refusals(folder, code, file);
        assert.equal(found.length, refused, `${code} in ${file}`);
      }
    }
  });

  it('keeps what jobs store and read from what answers requests', async () => {
    for (const code of [
      'const knex = core.database.work;',
      'const { work } = core.database;',
      'const { database } = core;',
      'function f({ database: { work } }) {}',
      "import { PoolStore } from '../../database/PoolStore';",
      "import { NewlyMadeStore } from '../../database/NewlyMadeStore';",
    ]) {
      for (const [file, refused] of [
        ['features/advice/adviceRouter.ts', 1],
        ['features/advice/AdviceReports.ts', 1],
        ['features/cost/probe.ts', 1],
        ['core/probe.ts', 1],
        ['features/advice/AdviceJob.ts', 0],
        ['features/advice/createAdviceFeature.ts', 0],
        ['features/ingest/probe.ts', 0],
        ['plugin.ts', 0],
        ['features/cost/probe.test.ts', 0],
      ]) {
        const found = await refusals('plugins/cost-backend', code, file);
        assert.equal(found.length, refused, `${code} in ${file}`);
      }
    }
    const scoped = "import { GpuStore } from '../../database/GpuStore';";
    const found = await refusals(
      'plugins/cost-backend',
      scoped,
      'features/gpu/probe.ts',
    );
    assert.equal(found.length, 0);
  });

  it('keeps what stores data from knowing who asks for it', async () => {
    for (const [name, file, refused] of [
      ['../features/cost/charges', 'database/probe.ts', 1],
      ['../core/Calendar', 'database/probe.ts', 1],
      ['../openapi', 'database/scope.ts', 1],
      ['./measures', 'database/probe.ts', 0],
      ['../features/cost/charges', 'database/probe.test.ts', 0],
      ['../database/measures', 'core/probe.ts', 0],
    ]) {
      const code = `import { x } from '${name}';`;
      const found = await refusals('plugins/cost-backend', code, file);
      assert.equal(found.length, refused, `${name} in ${file}`);
    }
  });

  it('leaves what tests are made of to tests', async () => {
    for (const folder of Object.keys(TABLE)) {
      for (const name of [
        './__testUtils__/builders',
        '../__testUtils__',
        '../testUtils',
        '@headroom/plugin-cost-common/testUtils',
      ]) {
        const code = `import * as x from '${name}';`;
        assert.equal((await refusals(folder, code)).length, 1, folder);
        for (const file of ['probe.test.ts', '__testUtils__/probe.ts']) {
          assert.equal((await refusals(folder, code, file)).length, 0, folder);
        }
      }
    }
  });

  for (const folder of ['bench/lib', 'peers/prometheus/check']) {
    it(`lets ${folder} import public entries only`, async () => {
      for (const [name, refused] of [
        ['../../plugins/cost-backend/src/database/GpuStore', 1],
        ['../../../packages/demo-cluster/src/conformance', 1],
        ['@headroom/plugin-cost-backend/src/plugin', 1],
        ['../../plugins/cost/src/__testUtils__/axe', 1],
        ['@headroom/plugin-cost-backend/testUtils', 0],
        ['@headroom/demo-cluster/conformance', 0],
        ['../../scripts/lib/run.mjs', 0],
        ['./database', 0],
      ]) {
        const code = `import * as x from '${name}';`;
        const found = await refusals(folder, code, '../probe.ts');
        assert.equal(found.length, refused, `${name} in ${folder}`);
      }
    });
  }

  it('makes mixed plugin imports an error', async () => {
    const config = await eslint.calculateConfigForFile(
      path.join(root, 'plugins/cost-backend/src/probe.ts'),
    );
    assert.deepEqual(config.rules['@backstage/no-mixed-plugin-imports'], [
      'error',
    ]);
  });
});
