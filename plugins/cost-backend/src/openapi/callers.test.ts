import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import {
  AuthService,
  coreServices,
  createBackendPlugin,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { mockCredentials } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { CostClient } from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { OVERSIZED, seedContainer } from '../__testUtils__/advice';
import { startCostServer } from '../__testUtils__/backend';
import { TestPostgres } from '../__testUtils__/database';

jest.setTimeout(120_000);

const postgres = TestPostgres.create();
const PAGE = resolve(__dirname, '../../../../docs/api.md');
const LAST_DAY = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);

let knex: Knex;

beforeAll(async () => {
  knex = await postgres.migrated();
  await seedContainer(knex, {
    namespace: 'shop',
    kind: 'Deployment',
    name: 'web',
    days: 3,
    lastDay: LAST_DAY,
    usage: OVERSIZED,
  });
});

/** What `docs/api.md` tells people to run. */
async function scriptOfPage(): Promise<string> {
  const [, script] =
    /```js\n(.*?)```/s.exec(await readFile(PAGE, 'utf8')) ?? [];
  return script ?? '';
}

/** A back end that lets a test ask as it would. */
function caller() {
  const own: { auth?: AuthService; discovery?: DiscoveryService } = {};
  const plugin = createBackendPlugin({
    pluginId: 'budgets',
    register: env =>
      env.registerInit({
        deps: { auth: coreServices.auth, discovery: coreServices.discovery },
        init: async deps => void Object.assign(own, deps),
      }),
  });
  return { own, plugin };
}

describe('who calls the cost API', () => {
  it('runs the script of the page', async () => {
    const server = await startCostServer({ knex });
    const { port } = server.address() as AddressInfo;
    const run = promisify(execFile);
    const { stdout } = await run(
      process.execPath,
      ['--input-type=module', '-e', await scriptOfPage()],
      {
        env: {
          HEADROOM_URL: `http://localhost:${port}`,
          HEADROOM_TOKEN: mockCredentials.user.token(),
        },
      },
    );
    // Three days of a core at 0.04 and of 2 GiB at 0.005 an hour.
    expect(stdout).toMatch(
      /^From \d{4}-\d\d-\d\d, before \d{4}-\d\d-\d\d:\nUnallocated: \$3\.60\n$/,
    );
  });

  it('asks from another back end with a token of its own for this plugin', async () => {
    const { own, plugin } = caller();
    await startCostServer({ knex, features: [plugin] });
    const costs = CostClient.create({ discoveryApi: own.discovery! });
    const { token } = await own.auth!.getPluginRequestToken({
      onBehalfOf: await own.auth!.getOwnServiceCredentials(),
      targetPluginId: 'cost',
    });
    const scope = { window: '30d', idle: 'separate' } as const;
    const report = await costs.getFleetReport(scope, 'team', { token });
    expect(report.headline.total).toBe('3600000');
    const csv = await costs.getCharges(scope, undefined, { token });
    expect(await csv.text()).toContain('BilledCost');
  });

  it('is told what is wrong by the name of the error', async () => {
    const { own, plugin } = caller();
    await startCostServer({
      knex,
      features: [plugin],
      decision: { result: AuthorizeResult.DENY },
    });
    const costs = CostClient.create({ discoveryApi: own.discovery! });
    await expect(
      costs.getSources({ token: mockCredentials.user.token() }),
    ).rejects.toMatchObject({ cause: { name: 'NotAllowedError' } });
    await expect(
      costs.getSources({ token: mockCredentials.user.invalidToken() }),
    ).rejects.toMatchObject({ cause: { name: 'AuthenticationError' } });
  });
});
