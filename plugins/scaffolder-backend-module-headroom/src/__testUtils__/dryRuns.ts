import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import githubModule from '@backstage/plugin-scaffolder-backend-module-github';
import fs from 'node:fs';
import path from 'node:path';
import request from 'supertest';
import { parse } from 'yaml';
import { scaffolderModuleHeadroom as headroom } from '../module';
import { Answers, answersByForm, MATRIX } from './matrix';

const TEMPLATES = path.resolve(__dirname, '../../../../templates');

export interface Template {
  name: string;
  // As the file has it: the scaffolder checks it.
  entity: any;
  /** Its skeleton, as a dry run wants it. */
  contents: Array<{ path: string; base64Content: string }>;
  answers: readonly Answers[];
}

/** Every folder of `templates/`. */
export function readTemplates(): Template[] {
  return fs
    .readdirSync(TEMPLATES, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(({ name }) => {
      const folder = path.join(TEMPLATES, name);
      const entity = parse(
        fs.readFileSync(path.join(folder, 'template.yaml'), 'utf8'),
      );
      return {
        name,
        entity,
        contents: contentsOf(folder),
        answers: MATRIX[name] ?? answersByForm([entity.spec.parameters].flat()),
      };
    });
}

function contentsOf(folder: string) {
  return (fs.readdirSync(folder, { recursive: true }) as string[])
    .filter(file => fs.statSync(path.join(folder, file)).isFile())
    .filter(file => !/(^|\/)(node_modules|__pycache__)\//.test(file))
    .map(file => ({
      path: file,
      base64Content: fs
        .readFileSync(path.join(folder, file))
        .toString('base64'),
    }));
}

export interface DryRun {
  files: Map<string, string>;
  output: unknown;
  log: string;
}

/** The real scaffolder with our module. */
export async function startScaffolder(
  databases: TestDatabases,
): Promise<TestBackend> {
  const knex = await databases.init('POSTGRES_18');
  return startTestBackend({
    features: [
      scaffolderPlugin,
      githubModule,
      headroom,
      catalogServiceMock.factory({ entities: [] }),
      mockServices.database.mock({ getClient: async () => knex }).factory,
      mockServices.rootConfig.factory({
        data: {
          ...(process.env.HEADROOM_SCHEMAS && {
            headroom: { manifests: { schemas: process.env.HEADROOM_SCHEMAS } },
          }),
        },
      }),
    ],
  });
}

export async function dryRun(
  { server }: TestBackend,
  { entity, contents }: Pick<Template, 'entity' | 'contents'>,
  values: Record<string, unknown>,
): Promise<DryRun> {
  const { status, body } = await request(server)
    .post('/api/scaffolder/v2/dry-run')
    .set('Authorization', mockCredentials.user.header())
    .send({ template: entity, values, directoryContents: contents });
  const log = JSON.stringify(
    body.log?.map((each: any) => each.body?.message) ?? body,
    null,
    1,
  );
  if (status !== 200) {
    throw new Error(`${status}: ${log}`);
  }
  return {
    files: new Map(
      body.directoryContents.map((file: any) => [
        file.path,
        Buffer.from(file.base64Content, 'base64').toString('utf8'),
      ]),
    ),
    output: body.output,
    log,
  };
}
