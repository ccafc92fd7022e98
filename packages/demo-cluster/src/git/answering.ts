import { NextFunction, Request, Response } from 'express';
import { z } from 'zod';
import { ForgeError } from './Forge';
import { GitRepository } from './GitRepository';
import { GitError } from './runGit';

/** A route that answers with JSON, unless it has answered itself. */
export function answering(
  answer: (req: Request, res: Response) => Promise<unknown>,
) {
  return (req: Request, res: Response, next: NextFunction): void => {
    answer(req, res).then(body => {
      if (!res.headersSent) {
        res.json(body);
      }
    }, next);
  };
}

/** Errors as forges write them; what is wrong with the request is a 422. */
export function forgeErrors(
  error: unknown,
  _req: Request,
  res: Response,
  next: NextFunction,
): void {
  if (error instanceof ForgeError) {
    res.status(error.status).json({ message: error.message });
  } else if (error instanceof GitError) {
    res.status(422).json({ message: error.message });
  } else if (error instanceof z.ZodError) {
    const problems = error.issues.map(
      issue => `${issue.path.join('.')}: ${issue.message}`,
    );
    res.status(422).json({ message: problems.join('; ') });
  } else {
    next(error);
  }
}

/** The commit of a revision. Throws 404 when there is none. */
export async function mustResolve(
  repository: GitRepository,
  revision: string,
  message = 'Not Found',
): Promise<string> {
  const sha = await repository.resolve(revision);
  if (!sha) {
    throw new ForgeError(404, message);
  }
  return sha;
}
