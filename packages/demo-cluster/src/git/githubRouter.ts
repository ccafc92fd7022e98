import express, { Request, Router } from 'express';
import { z } from 'zod';
import { answering, mustResolve } from './answering';
import { ChangeRequest, Forge, ForgeError, RepositoryRecord } from './Forge';
import { githubRepositories } from './githubRepositories';
import { Commit } from './GitRepository';

const treeSchema = z.object({
  base_tree: z.string().optional(),
  tree: z
    .array(
      z.object({
        path: z.string(),
        mode: z.string(),
        type: z.literal('blob'),
        content: z.string().optional(),
        sha: z.string().nullable().optional(),
      }),
    )
    .min(1)
    .max(100),
});
const commitSchema = z.object({
  message: z.string().min(1).max(65_536),
  tree: z.string(),
  parents: z.array(z.string()).max(2),
});
const refSchema = z.object({
  ref: z.string().startsWith('refs/heads/'),
  sha: z.string(),
});
const pullSchema = z.object({
  title: z.string().min(1),
  head: z.string(),
  base: z.string(),
  body: z.string().default(''),
});

/**
 * The part of GitHub's REST API by which a repository is made and read and a pull
 * request is opened, as GitHub Enterprise has it below `/api/v3`.
 *
 * @param onChanged - called after topics changed
 *
 * @see https://docs.github.com/en/rest
 */
export function githubRouter(
  forge: Forge,
  baseUrl: () => string,
  onChanged: (repository: string) => void,
): Router {
  const router = Router();
  router.use(express.json({ limit: '2mb' }));
  const repo = '/repos/:owner/:name';
  const nameOf = ({ params }: Request) => `${params.owner}/${params.name}`;
  const repositoryOf = (req: Request) => forge.repository(nameOf(req));
  const shownAs = ({ name, description, topics }: RepositoryRecord) => {
    const [owner, short] = name.split('/');
    const api = `${baseUrl()}/api/v3/repos/${name}`;
    return {
      name: short,
      full_name: name,
      owner: { login: owner },
      description,
      topics,
      private: false,
      default_branch: 'main',
      html_url: `${baseUrl()}/${name}`,
      clone_url: `${baseUrl()}/${name}.git`,
      url: api,
      archive_url: `${api}/{archive_format}{/ref}`,
      branches_url: `${api}/branches{/branch}`,
      commits_url: `${api}/commits{/sha}`,
      compare_url: `${api}/compare/{base}...{head}`,
      contents_url: `${api}/contents/{+path}`,
      trees_url: `${api}/git/trees{/sha}`,
    };
  };
  const shownOf = (req: Request) => shownAs(forge.record(nameOf(req)));
  router.use(githubRepositories(forge, shownAs, onChanged));
  router.get(
    repo,
    answering(async req => shownOf(req)),
  );
  router.get(
    `${repo}/branches/:branch(*)`,
    answering(async req => {
      const repository = repositoryOf(req);
      const sha = await mustResolve(
        repository,
        req.params.branch,
        'Branch not found',
      );
      const commit = await repository.commit(sha);
      return {
        name: req.params.branch,
        commit: { sha, commit: inner(commit) },
      };
    }),
  );
  router.get(
    `${repo}/commits/:ref(*)/status`,
    answering(async req => ({
      sha: await mustResolve(repositoryOf(req), req.params.ref),
      state: 'success',
      repository: shownOf(req),
    })),
  );
  router.get(
    `${repo}/commits/:ref(*)`,
    answering(async req => {
      const repository = repositoryOf(req);
      const sha = await mustResolve(repository, req.params.ref);
      return { sha, commit: inner(await repository.commit(sha)) };
    }),
  );
  router.get(
    `${repo}/tarball/:ref(*)`,
    answering(async (req, res) => {
      const repository = repositoryOf(req);
      const sha = await mustResolve(repository, req.params.ref);
      const { owner, name } = req.params;
      const folder = `${owner}-${name}-${sha.slice(0, 7)}`;
      const archive = await repository.archive(sha, folder);
      res
        .attachment(`${folder}.tar.gz`)
        .type('application/x-gzip')
        .send(archive);
      return undefined;
    }),
  );
  router.get(
    `${repo}/contents/:path(*)`,
    answering(async (req, res) => {
      const repository = repositoryOf(req);
      const entry = await repository.file(
        String(req.query.ref ?? 'main'),
        req.params.path,
      );
      if (!entry) {
        throw new ForgeError(404, 'Not Found');
      }
      const content = await repository.blob(entry.sha);
      if (/application\/vnd\.github.*raw/.test(req.get('accept') ?? '')) {
        res.type('text/plain').send(content);
        return undefined;
      }
      return {
        type: 'file',
        name: req.params.path.split('/').pop(),
        path: req.params.path,
        sha: entry.sha,
        size: content.length,
        encoding: 'base64',
        content: content.toString('base64'),
      };
    }),
  );
  router.get(
    // The slash of `heads/main` comes encoded.
    `${repo}/git/ref/:ref(*)`,
    answering(async req => {
      const [, branch = ''] = /^heads\/(.+)$/.exec(req.params.ref) ?? [];
      return refOf(branch, await mustResolve(repositoryOf(req), branch));
    }),
  );
  router.get(
    `${repo}/git/commits/:sha`,
    answering(async req => {
      const repository = repositoryOf(req);
      const sha = await mustResolve(repository, req.params.sha);
      return gitCommit(await repository.commit(sha));
    }),
  );
  router.get(
    `${repo}/git/trees/:sha(*)`,
    answering(async req => {
      const repository = repositoryOf(req);
      const sha = (await repository.resolve(req.params.sha)) ?? req.params.sha;
      const tree = await repository.tree(sha, 'recursive' in req.query);
      return { sha, tree, truncated: false };
    }),
  );
  router.post(
    `${repo}/git/trees`,
    answering(async (req, res) => {
      const { base_tree, tree } = treeSchema.parse(req.body);
      const sha = await repositoryOf(req).writeTree(
        base_tree,
        tree.map(({ path, content, sha: blob }) =>
          blob ? { path, sha: blob } : { path, content: content ?? null },
        ),
      );
      res.status(201);
      return {
        sha,
        tree: await repositoryOf(req).tree(sha, false),
        truncated: false,
      };
    }),
  );
  router.post(
    `${repo}/git/commits`,
    answering(async (req, res) => {
      const asked = commitSchema.parse(req.body);
      const repository = repositoryOf(req);
      const sha = await repository.writeCommit({
        ...asked,
        by: forge.signature(),
      });
      res.status(201);
      return gitCommit(await repository.commit(sha));
    }),
  );
  router.post(
    `${repo}/git/refs`,
    answering(async (req, res) => {
      const { ref, sha } = refSchema.parse(req.body);
      const branch = ref.slice('refs/heads/'.length);
      if (!(await repositoryOf(req).createBranch(branch, sha))) {
        throw new ForgeError(422, 'Reference already exists');
      }
      res.status(201);
      return refOf(branch, sha);
    }),
  );
  const pullOf = (request: ChangeRequest) => {
    const { number, title, body, head, base, createdAt } = request;
    const path = `${request.repository}/pull/${number}`;
    return {
      number,
      title,
      body,
      state: request.state === 'open' ? 'open' : 'closed',
      merged: request.state === 'merged',
      merged_at: request.state === 'merged' ? createdAt : null,
      merge_commit_sha: request.mergedSha ?? null,
      created_at: createdAt,
      head: { ref: head },
      base: { ref: base },
      html_url: `${baseUrl()}/${path}`,
      url: `${baseUrl()}/api/v3/repos/${request.repository}/pulls/${number}`,
    };
  };
  router.get(
    `${repo}/pulls`,
    answering(async req => {
      const { state = 'open', head } = req.query;
      // GitHub wants `owner:branch` here.
      const branch = String(head ?? '')
        .split(':')
        .pop();
      return forge
        .requests(nameOf(req))
        .map(pullOf)
        .filter(pull => state === 'all' || pull.state === state)
        .filter(pull => !branch || pull.head.ref === branch)
        .reverse();
    }),
  );
  router.post(
    `${repo}/pulls`,
    answering(async (req, res) => {
      const asked = pullSchema.parse(req.body);
      try {
        const request = await forge.openRequest({
          ...asked,
          repository: nameOf(req),
        });
        res.status(201);
        return pullOf(request);
      } catch (error) {
        // GitHub has no 409 here.
        throw error instanceof ForgeError && error.status === 409
          ? new ForgeError(422, error.message)
          : error;
      }
    }),
  );
  router.get(
    `${repo}/pulls/:number(\\d+)`,
    answering(async req =>
      pullOf(forge.request(nameOf(req), Number(req.params.number))),
    ),
  );
  router.patch(
    `${repo}/pulls/:number(\\d+)`,
    answering(async req => {
      const { state } = z
        .object({ state: z.literal('closed') })
        .parse(req.body);
      return (
        state &&
        pullOf(await forge.close(nameOf(req), Number(req.params.number)))
      );
    }),
  );
  router.put(
    `${repo}/pulls/:number(\\d+)/merge`,
    answering(async req => {
      const merged = await forge.merge(nameOf(req), Number(req.params.number));
      return {
        sha: merged.mergedSha,
        merged: true,
        message: 'Pull Request successfully merged',
      };
    }),
  );
  return router;
}

function refOf(branch: string, sha: string) {
  return { ref: `refs/heads/${branch}`, object: { type: 'commit', sha } };
}

function inner({ message, author, tree }: Commit) {
  return { message, author, committer: author, tree: { sha: tree } };
}

function gitCommit(commit: Commit) {
  const { sha, tree, parents, message, author } = commit;
  return {
    sha,
    message,
    author,
    committer: author,
    tree: { sha: tree },
    parents: parents.map(parent => ({ sha: parent })),
  };
}
