import express, { Request, Router } from 'express';
import { z } from 'zod';
import { answering, mustResolve } from './answering';
import { ChangeRequest, Forge, ForgeError } from './Forge';

const commitSchema = z.object({
  branch: z.string(),
  start_branch: z.string().optional(),
  start_sha: z.string().optional(),
  commit_message: z.string().min(1).max(65_536),
  actions: z
    .array(
      z.object({
        action: z.enum(['create', 'update', 'delete']),
        file_path: z.string(),
        content: z.string().optional(),
      }),
    )
    .min(1)
    .max(100),
});
const branchSchema = z.object({ branch: z.string(), ref: z.string() });
const requestSchema = z.object({
  source_branch: z.string(),
  target_branch: z.string(),
  title: z.string().min(1),
  description: z.string().default(''),
});

/**
 * The part of GitLab's REST API by which a project is read and a merge request is
 * opened, as it is below `/api/v4`.
 *
 * @see https://docs.gitlab.com/api/rest/
 */
export function gitlabRouter(forge: Forge, baseUrl: () => string): Router {
  const router = Router();
  router.use(express.json({ limit: '2mb' }));
  const project = '/projects/:id';
  /** `owner%2Fname`, which express has decoded. */
  const nameOf = ({ params }: Request) => {
    const known = forge.names[Number(params.id) - 1];
    return /^\d+$/.test(params.id) && known ? known : params.id;
  };
  const repositoryOf = (req: Request) => forge.repository(nameOf(req));

  router.get(
    project,
    answering(async req => {
      repositoryOf(req);
      return {
        id: forge.names.indexOf(nameOf(req)) + 1,
        path_with_namespace: nameOf(req),
        default_branch: 'main',
        web_url: `${baseUrl()}/${nameOf(req)}`,
      };
    }),
  );
  router.get(
    `${project}/repository/commits`,
    answering(async req => {
      const repository = repositoryOf(req);
      const revision = String(req.query.ref_name ?? 'main');
      const sha = await repository.resolve(revision);
      if (!sha) {
        return [];
      }
      const { message, author } = await repository.commit(sha);
      return [{ id: sha, message, committed_date: author.date }];
    }),
  );
  router.get(
    `${project}/repository/branches/:branch`,
    answering(async req => {
      const repository = repositoryOf(req);
      const id = await mustResolve(
        repository,
        req.params.branch,
        '404 Branch Not Found',
      );
      return { name: req.params.branch, commit: { id } };
    }),
  );
  router.post(
    `${project}/repository/branches`,
    answering(async (req, res) => {
      const asked = branchSchema.parse({ ...req.query, ...req.body });
      const repository = repositoryOf(req);
      const id = await mustResolve(repository, asked.ref);
      if (!(await repository.createBranch(asked.branch, id))) {
        throw new ForgeError(400, 'Branch already exists');
      }
      res.status(201);
      return { name: asked.branch, commit: { id } };
    }),
  );
  router.get(
    `${project}/repository/files/:path`,
    answering(async req => {
      const repository = repositoryOf(req);
      const entry = await repository.file(
        String(req.query.ref ?? 'main'),
        req.params.path,
      );
      if (!entry) {
        throw new ForgeError(404, '404 File Not Found');
      }
      const content = await repository.blob(entry.sha);
      return {
        file_path: req.params.path,
        size: content.length,
        encoding: 'base64',
        content: content.toString('base64'),
        blob_id: entry.sha,
      };
    }),
  );
  router.get(
    `${project}/repository/archive(.tar.gz)?`,
    answering(async (req, res) => {
      const repository = repositoryOf(req);
      const sha = await mustResolve(
        repository,
        String(req.query.sha ?? 'main'),
      );
      const folder = `${nameOf(req).split('/').pop()}-${sha}`;
      res
        .attachment(`${folder}.tar.gz`)
        .type('application/octet-stream')
        .send(await repository.archive(sha, folder));
      return undefined;
    }),
  );
  router.post(
    `${project}/repository/commits`,
    answering(async (req, res) => {
      const asked = commitSchema.parse(req.body);
      const repository = repositoryOf(req);
      const start = await mustResolve(
        repository,
        asked.start_sha ?? asked.start_branch ?? asked.branch,
      );
      const tree = await repository.writeTree(
        (
          await repository.commit(start)
        ).tree,
        asked.actions.map(({ action, file_path, content = '' }) => ({
          path: file_path,
          content: action === 'delete' ? null : content,
        })),
      );
      const id = await repository.writeCommit({
        tree,
        parents: [start],
        message: asked.commit_message,
        by: forge.signature(),
      });
      const moved =
        asked.start_sha || asked.start_branch
          ? await repository.createBranch(asked.branch, id)
          : await repository.updateBranch(asked.branch, start, id);
      if (!moved) {
        throw new ForgeError(
          400,
          `A branch called '${asked.branch}' already exists. Switch to that branch in order to make changes`,
        );
      }
      res.status(201);
      return { id, message: asked.commit_message };
    }),
  );
  const shown = (request: ChangeRequest) => ({
    iid: request.number,
    title: request.title,
    description: request.body,
    state: request.state === 'open' ? 'opened' : request.state,
    source_branch: request.head,
    target_branch: request.base,
    merge_commit_sha: request.mergedSha ?? null,
    web_url: `${baseUrl()}/${request.repository}/pull/${request.number}`,
  });
  router.get(
    `${project}/merge_requests`,
    answering(async req => {
      const { source_branch: source, state = 'all' } = req.query;
      return forge
        .requests(nameOf(req))
        .map(shown)
        .filter(each => source === undefined || each.source_branch === source)
        .filter(each => state === 'all' || each.state === state)
        .reverse();
    }),
  );
  router.post(
    `${project}/merge_requests`,
    answering(async (req, res) => {
      const asked = requestSchema.parse(req.body);
      const request = await forge.openRequest({
        repository: nameOf(req),
        title: asked.title,
        body: asked.description,
        head: asked.source_branch,
        base: asked.target_branch,
      });
      res.status(201);
      return shown(request);
    }),
  );
  router.get(
    `${project}/merge_requests/:number(\\d+)`,
    answering(async req =>
      shown(forge.request(nameOf(req), Number(req.params.number))),
    ),
  );
  router.put(
    `${project}/merge_requests/:number(\\d+)/merge`,
    answering(async req =>
      shown(await forge.merge(nameOf(req), Number(req.params.number))),
    ),
  );
  return router;
}
