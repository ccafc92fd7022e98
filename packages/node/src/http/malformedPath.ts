import { InputError } from '@backstage/errors';
import express from 'express';
import { isSaid } from './parseInput';

/**
 * Says in a sentence of its own that a parameter of a path can't be decoded, as in
 * `/v1/services/component/default/50%`.
 *
 * @public
 */
export function refuseMalformedPath(): express.ErrorRequestHandler {
  return (error, req, _res, next) => {
    next(
      error instanceof URIError
        ? new InputError(
            `The path ${isSaid(
              req.path,
            )}; a percent sign in it must be written %25, and other characters in UTF-8`,
          )
        : error,
    );
  };
}
