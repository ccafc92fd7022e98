import { Router } from 'express';
import { z } from 'zod';
import { answering } from './answering';
import { Forge, ForgeError, RepositoryRecord } from './Forge';

const newRepositorySchema = z.object({
  name: z.string(),
  description: z.string().nullish(),
});
const topicsSchema = z.object({
  names: z
    .array(
      z
        .string()
        .regex(
          /^[a-z0-9][a-z0-9-]{0,49}$/,
          'is no topic: lower case, digits, -',
        ),
    )
    .max(20),
});

/** Accounts of the demo: every name is an organization that anybody may make repositories in. */
const accountOf = (login: string) => ({
  login,
  id:
    [...login].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) %
    1e9,
  type: 'Organization',
});

/**
 * The part of GitHub's REST API by which a repository is made, as the scaffolder's
 * `publish:github` asks it.
 *
 * @param shownOf - a repository as the API shows it
 * @param onChanged - called after topics changed
 * @see https://docs.github.com/en/rest/repos/repos
 */
export function githubRepositories(
  forge: Forge,
  shownOf: (record: RepositoryRecord) => object,
  onChanged: (repository: string) => void,
): Router {
  const router = Router();
  const repo = '/repos/:owner/:name';
  router.get(
    ['/users/:login', '/orgs/:login'],
    answering(async req => accountOf(req.params.login)),
  );
  router.get(
    '/user',
    answering(async () => ({ ...accountOf('demo'), type: 'User' })),
  );
  router.post(
    ['/orgs/:owner/repos', '/user/repos'],
    answering(async (req, res) => {
      const { name, description } = newRepositorySchema.parse(req.body);
      const record = await forge.create({
        name: `${req.params.owner ?? 'demo'}/${name}`,
        description: description ?? '',
      });
      res.status(201);
      return shownOf(record);
    }),
  );
  router.get(
    `${repo}/topics`,
    answering(async ({ params }) => ({
      names: forge.record(`${params.owner}/${params.name}`).topics,
    })),
  );
  router.put(
    `${repo}/topics`,
    answering(async req => {
      const { names } = topicsSchema.parse(req.body);
      const name = `${req.params.owner}/${req.params.name}`;
      await forge.setTopics(name, names);
      onChanged(name);
      return { names };
    }),
  );
  router.put(
    `${repo}/branches/:branch/protection`,
    answering(async ({ params }) => {
      // Taken as asked; in the demo there is nobody to keep away.
      forge.repository(`${params.owner}/${params.name}`);
      return { enforce_admins: { enabled: false } };
    }),
  );
  router.put(`${repo}/collaborators/:login`, (req, res) => {
    const { owner, name } = req.params;
    if (!forge.names.includes(`${owner}/${name}`)) {
      throw new ForgeError(404, 'Not Found');
    }
    res.status(204).end();
  });
  return router;
}
