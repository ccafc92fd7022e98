import { createServer } from 'node:http';
import express, { NextFunction, Request, Response } from 'express';
import { PortTakenError } from '../PortTakenError';
import { Applications } from '../gitops/Applications';
import { forgeErrors } from './answering';
import { FirstRepository, Forge, Merged } from './Forge';
import { githubRouter } from './githubRouter';
import { gitlabRouter } from './gitlabRouter';
import { pullRequestPage } from './pullRequestPage';
import { repositoryPages } from './repositoryPages';
import { smartHttp } from './smartHttp';

/** @public */
export interface ForgeOptions {
  /** 0 = any free one. */
  port: number;
  /** Where repositories and pull requests are kept. */
  directory: string;
  repositories: FirstRepository[];
  /** The clock; for tests. */
  now?: () => Date;
  /** Called when a pull request was merged: what deploys from Git follows. */
  onMerged?: (merged: Merged) => Promise<unknown>;
  /** Kubernetes APIs of clusters to which repositories are deployed on request, by name. */
  clusters?: Readonly<Record<string, string>>;
}

/** A git server with the API of a forge. @public */
export interface RunningForge {
  /** e.g. `http://127.0.0.1:7011`; GitHub's API is at `/api/v3`, GitLab's at `/api/v4`. */
  url: string;
  stop(): Promise<void>;
}

/**
 * Serves Git repositories on loopback, with what GitHub and GitLab answer where a
 * repository is read and a pull request is opened, and a page by which it is merged.
 *
 * @public
 */
export async function startForge({
  port,
  now = () => new Date(),
  clusters,
  ...options
}: ForgeOptions): Promise<RunningForge> {
  let applications: Applications | undefined;
  const changed = (repository: string) => {
    // What can't be followed is said on the page of the repository.
    applications?.sync(repository).catch(() => {});
  };
  const forge = await Forge.open({
    ...options,
    now,
    onMerged: async merged => {
      await options.onMerged?.(merged);
      await applications?.sync(merged.repository);
    },
  });
  if (clusters) {
    const { directory } = options;
    applications = await Applications.open({
      forge,
      urls: clusters,
      directory,
      now,
    });
  }
  const app = express();
  let url = '';
  app.disable('x-powered-by');
  app.use(refuseOthers);
  app.use(
    '/api/v3',
    githubRouter(forge, () => url, changed),
  );
  app.use(
    '/api/v4',
    gitlabRouter(forge, () => url),
  );
  app.use(smartHttp(forge, changed));
  const pull = '/:owner/:name/pull/:number(\\d+)';
  const requestOf = ({ params }: Request) =>
    forge.request(`${params.owner}/${params.name}`, Number(params.number));
  app.get(pull, (req, res, next) => {
    pullRequestPage(forge, requestOf(req)).then(
      html => void res.type('html').send(html),
      next,
    );
  });
  app.post(pull, express.urlencoded({ extended: false }), (req, res, next) => {
    const { repository, number } = requestOf(req);
    const done =
      req.body.do === 'merge'
        ? forge.merge(repository, number)
        : forge.close(repository, number);
    done.then(() => res.redirect(303, req.originalUrl), next);
  });
  app.use(repositoryPages(forge, () => applications));
  app.use(forgeErrors);
  app.use(
    (error: Error, _req: Request, res: Response, _next: NextFunction) =>
      void res.status(500).json({ message: error.message }),
  );
  const server = createServer(app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE' ? new PortTakenError('forge', port) : error,
      );
    });
    server.listen(port, '127.0.0.1', resolve);
  });
  url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  return {
    url,
    stop: async () => {
      await new Promise<void>(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      await applications?.stop();
    },
  };
}

/** There is no sign-in: names that could be rebound by DNS, and pages of elsewhere, are refused. */
function refuseOthers(req: Request, res: Response, next: NextFunction): void {
  const host = req.get('host') ?? '';
  const origin = req.get('origin');
  const loopback = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;
  if (!loopback.test(host) || (origin && origin !== `http://${host}`)) {
    res.status(403).json({ message: 'The forge answers on loopback only.' });
  } else {
    next();
  }
}
