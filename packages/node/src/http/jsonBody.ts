import { InputError } from '@backstage/errors';
import express from 'express';
import { isSaid, said } from './parseInput';

/** Backstage's handler of errors answers with their status. */
class PayloadTooLargeError extends Error {
  readonly name = 'PayloadTooLargeError';
  readonly statusCode = 413;
}

class UnsupportedMediaTypeError extends Error {
  readonly name = 'UnsupportedMediaTypeError';
  readonly statusCode = 415;
}

/** @public */
export interface JsonBodyOptions {
  /** The most that is read, in kilobytes. */
  kilobytes: number;
  /** A body that would be right, for the messages: `{"state": "dismissed"}`. */
  example: string;
}

/**
 * Reads a JSON body into `req.body`. What can't be read is answered in sentences
 * that name what is expected and repeat nothing of the body: 400 for what is not
 * JSON, 413 for what is too large, 415 for another type, charset or encoding.
 *
 * @public
 */
export function readJsonBody(options: JsonBodyOptions): express.RequestHandler {
  const { kilobytes } = options;
  // Also what is no object: the schema of the body says what it should be.
  const read = express.json({ limit: kilobytes * 1024, strict: false });
  return (req, res, next) => {
    if (req.is('application/json') === false) {
      next(
        new UnsupportedMediaTypeError(
          `Content-Type ${isSaid(
            req.get('content-type'),
          )}; it must be application/json`,
        ),
      );
      return;
    }
    read(req, res, (error?: unknown) =>
      next(error === undefined ? undefined : explain(error, req, options)),
    );
  };
}

/** Errors of the parser have a type; see "Errors" in the README of body-parser. */
function explain(
  error: unknown,
  req: express.Request,
  { kilobytes, example }: JsonBodyOptions,
): Error {
  const { type } = error as { type?: unknown };
  switch (type) {
    case 'entity.too.large':
      return new PayloadTooLargeError(
        `The body is larger than ${kilobytes} kB; it must be JSON such as ${example}`,
      );
    case 'charset.unsupported':
      return new UnsupportedMediaTypeError(
        `Content-Type ${isSaid(
          req.get('content-type'),
        )}; the charset must be utf-8`,
      );
    case 'encoding.unsupported':
      return new UnsupportedMediaTypeError(
        `Content-Encoding ${isSaid(
          req.get('content-encoding'),
        )}; it must be gzip, deflate or identity`,
      );
    case 'request.aborted':
    case 'request.size.invalid':
      return new InputError(
        `The body ended too early; it must be as long as Content-Length says (${said(
          req.get('content-length') ?? 'nothing',
        )})`,
      );
    default:
      return new InputError(
        `The body can't be read as JSON; it must be JSON such as ${example}`,
      );
  }
}
