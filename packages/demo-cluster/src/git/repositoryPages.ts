import express, { NextFunction, Request, Response, Router } from 'express';
import { Application, Applications } from '../gitops/Applications';
import { Forge, ForgeError } from './Forge';
import { TreeEntry } from './GitRepository';
import { escaped, page } from './page';

const MOST_COMMITS = 20;

/** Who deploys from the forge; absent where nobody does. */
type Deployer = Applications | undefined;

/** Pages by which a person looks at the repositories of the demo, and has them deployed. */
export function repositoryPages(
  forge: Forge,
  deployer: () => Deployer,
): Router {
  const router = Router();
  const nameOf = ({ params }: Request) => `${params.owner}/${params.name}`;
  const answer =
    (write: (req: Request) => Promise<string>) =>
    (req: Request, res: Response, next: NextFunction) =>
      void write(req).then(html => res.type('html').send(html), next);

  router.get(
    '/',
    answer(async () => {
      const rows = forge.names.map(
        name =>
          `<tr><td><a href="/${escaped(name)}">${escaped(
            name,
          )}</a></td><td>${escaped(forge.record(name).description)}</td></tr>`,
      );
      return page('Repositories', `<table>${rows.join('')}</table>`);
    }),
  );
  router.get(
    '/:owner/:name/(blob|edit)/:branch/:path(*)',
    answer(req =>
      filePage(forge, nameOf(req), req.params.branch, req.params.path),
    ),
  );
  router.get('/:owner/:name/raw/:branch/:path(*)', (req, res, next) => {
    contentOf(forge, nameOf(req), req.params.branch, req.params.path).then(
      content => void res.type('text/plain').send(content),
      next,
    );
  });
  router.get(
    ['/:owner/:name', '/:owner/:name/tree/:branch/:path(*)?'],
    answer(req =>
      repositoryPage(forge, deployer(), nameOf(req), {
        branch: req.params.branch ?? 'main',
        folder: (req.params.path ?? '').replace(/\/$/, ''),
      }),
    ),
  );
  router.post(
    '/:owner/:name/deployments',
    express.urlencoded({ extended: false }),
    (req, res, next) => {
      const name = nameOf(req);
      forge.repository(name);
      const { deploy, remove } = req.body as Record<string, string>;
      const cluster = deploy ?? remove ?? '';
      const found = deployer();
      if (!found?.clusters.includes(cluster)) {
        throw new ForgeError(422, `There is no cluster "${cluster}"`);
      }
      found
        .ask(name, cluster, deploy !== undefined)
        .then(() => res.redirect(303, `/${name}`), next);
    },
  );
  return router;
}

async function contentOf(
  forge: Forge,
  name: string,
  branch: string,
  path: string,
): Promise<Buffer> {
  const repository = forge.repository(name);
  const entry = await repository.file(branch, path);
  if (!entry) {
    throw new ForgeError(404, 'Not Found');
  }
  return repository.blob(entry.sha);
}

async function filePage(
  forge: Forge,
  name: string,
  branch: string,
  path: string,
): Promise<string> {
  const content = await contentOf(forge, name, branch, path);
  const raw = `/${name}/raw/${branch}/${path}`;
  return page(
    `${path} · ${name}`,
    `<p><a href="/${escaped(name)}">${escaped(name)}</a> · <a href="${escaped(
      raw,
    )}">Raw</a></p><pre>${escaped(content.toString())}</pre>`,
  );
}

async function repositoryPage(
  forge: Forge,
  deployer: Deployer,
  name: string,
  { branch, folder }: { branch: string; folder: string },
): Promise<string> {
  const repository = forge.repository(name);
  const { description, topics } = forge.record(name);
  const commit = await repository.resolve(branch);
  const all = commit ? await repository.tree(commit, true) : [];
  const readme = all.find(({ path }) => path === 'README.md');
  const [text, commits] = await Promise.all([
    readme ? repository.blob(readme.sha) : undefined,
    repository.log(branch, MOST_COMMITS),
  ]);
  const list = commits.map(
    ({ sha, message, author }) =>
      `<tr><td><code>${sha.slice(0, 7)}</code></td><td>${escaped(
        message.split('\n')[0],
      )}</td><td>${escaped(author.name)}</td><td>${escaped(
        author.date,
      )}</td></tr>`,
  );
  return page(
    folder ? `${folder} · ${name}` : name,
    `<p>${escaped(description)}</p>
     <p>${topics
       .map(topic => `<span class="state">${escaped(topic)}</span>`)
       .join(' ')}</p>
     ${deployer && !folder ? deployments(deployer, name) : ''}
     <h2>Files</h2>
     ${
       commit
         ? fileTable(name, branch, folder, all)
         : '<p>Nothing was pushed yet.</p>'
     }
     ${
       text && !folder
         ? `<h2>README</h2><pre class="body">${escaped(text.toString())}</pre>`
         : ''
     }
     <h2>Commits</h2><table>${list.join('')}</table>`,
  );
}

/** What is in a folder: folders first, then files. */
function fileTable(
  name: string,
  branch: string,
  folder: string,
  all: readonly TreeEntry[],
): string {
  const inside = all
    .filter(({ path }) => path.split('/').slice(0, -1).join('/') === folder)
    .sort(
      (a, b) => b.type.localeCompare(a.type) || a.path.localeCompare(b.path),
    );
  const up = folder
    ? `<tr><td><a href="/${escaped(name)}">${escaped(
        name,
      )}</a></td><td></td></tr>`
    : '';
  const rows = inside.map(({ path, type, size }) => {
    const kind = type === 'tree' ? 'tree' : 'blob';
    const shown = `${path.split('/').pop()}${type === 'tree' ? '/' : ''}`;
    return `<tr><td><a href="/${escaped(
      `${name}/${kind}/${branch}/${path}`,
    )}">${escaped(shown)}</a></td><td>${
      size === undefined ? '' : `${size} bytes`
    }</td></tr>`;
  });
  return `<table>${up}${rows.join('')}</table>`;
}

/** Where it runs, and buttons by which that is changed. */
function deployments(deployer: Applications, name: string): string {
  const running = deployer.of(name);
  const rows = deployer.clusters.map(cluster => {
    const found = running.find(each => each.cluster === cluster);
    const button = found
      ? `<button name="remove" value="${escaped(
          cluster,
        )}">Remove from ${escaped(cluster)}</button>`
      : `<button name="deploy" value="${escaped(cluster)}">Deploy to ${escaped(
          cluster,
        )}</button>`;
    return `<tr><td>${escaped(cluster)}</td><td>${
      found ? stateOf(found) : 'Not deployed'
    }</td><td>${button}</td></tr>`;
  });
  return `<h2>Simulated clusters</h2>
    <form method="post" action="/${escaped(
      name,
    )}/deployments"><table>${rows.join('')}</table></form>`;
}

function stateOf({ revision, objects, problems, at }: Application): string {
  const said = revision
    ? `Follows <code>${revision.slice(0, 7)}</code> with ${
        objects.length
      } objects since ${escaped(at)}`
    : 'Waits';
  const list = problems.map(problem => `<li>${escaped(problem)}</li>`).join('');
  return list ? `${said}<ul>${list}</ul>` : said;
}
