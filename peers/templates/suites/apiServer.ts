import https from 'node:https';
import { readFileSync } from 'node:fs';
import { peer } from '../../kubernetes/suites/cluster';

const agent = new https.Agent({
  ca: readFileSync(peer.caFile),
  keepAlive: true,
});

export interface Answer {
  code: number;
  body: any;
}

/** Asks the API server as an administrator, by the path. */
export function ask(
  method: 'GET' | 'POST' | 'PATCH',
  path: string,
  body?: unknown,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = https.request(
      `${peer.server}${path}`,
      {
        method,
        agent,
        headers: {
          authorization: `Bearer ${peer.tokens.admin}`,
          accept: 'application/json',
          ...(body !== undefined && {
            'content-type':
              method === 'PATCH'
                ? 'application/merge-patch+json'
                : 'application/json',
          }),
        },
      },
      async response => {
        try {
          let text = '';
          for await (const chunk of response) text += chunk;
          resolve({ code: response.statusCode!, body: JSON.parse(text) });
        } catch (error) {
          reject(error);
        }
      },
    );
    request.on('error', reject);
    request.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

export async function getJson(path: string): Promise<any> {
  const { code, body } = await ask('GET', path);
  if (code !== 200) {
    throw new Error(`GET ${path}: ${code} ${body.message}`);
  }
  return body;
}

interface Resource {
  name: string;
  kind: string;
  namespaced: boolean;
}

const resources = new Map<string, Promise<Resource[]>>();

const rootOf = (apiVersion: string) =>
  apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;

/** Where objects of a kind are created; undefined where the server has none such. */
export async function pathOf(
  apiVersion: string,
  kind: string,
  namespace?: string,
): Promise<string | undefined> {
  const root = rootOf(apiVersion);
  let known = resources.get(root);
  if (!known) {
    known = ask('GET', root).then(({ body }) => body.resources ?? []);
    resources.set(root, known);
  }
  const found = (await known).find(
    each => each.kind === kind && !each.name.includes('/'),
  );
  return (
    found &&
    (found.namespaced
      ? `${root}/namespaces/${namespace}/${found.name}`
      : `${root}/${found.name}`)
  );
}
