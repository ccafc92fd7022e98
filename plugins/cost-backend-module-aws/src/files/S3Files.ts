import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  GetObjectCommand,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3';
import { NotFoundError } from '@backstage/errors';
import { BillFile, BillFiles, LocalFile } from './BillFiles';

/** Exports in a bucket. A file is on disk while it is read, one at a time. */
export class S3Files implements BillFiles {
  readonly place: string;
  readonly #client: () => Promise<S3Client>;
  readonly #bucket: string;
  readonly #prefix: string;

  /**
   * `prefix` is the part of keys that all files begin with: '' or ending in `/`.
   */
  static create(options: {
    client: () => Promise<S3Client>;
    bucket: string;
    prefix: string;
  }) {
    return new S3Files(options);
  }

  private constructor({
    client,
    bucket,
    prefix,
  }: Parameters<typeof S3Files.create>[0]) {
    this.#client = client;
    this.#bucket = bucket;
    this.#prefix = prefix;
    this.place = `s3://${bucket}/${prefix}`;
  }

  async list(signal: AbortSignal): Promise<BillFile[]> {
    const files: BillFile[] = [];
    const pages = paginateListObjectsV2(
      { client: await this.#client() },
      { Bucket: this.#bucket, Prefix: this.#prefix },
    );
    for await (const { Contents = [] } of pages) {
      signal.throwIfAborted();
      for (const { Key = '', ETag = '', Size = 0, LastModified } of Contents) {
        if (Size > 0) {
          files.push({
            path: Key.slice(this.#prefix.length),
            // Of the same parts, the same; a copy with other parts is read again.
            digest: `${ETag.replaceAll('"', '')}/${Size}`,
            changedAt: LastModified?.getTime() ?? 0,
          });
        }
      }
    }
    return files;
  }

  async text(file: string, signal: AbortSignal): Promise<string> {
    const body = await this.#get(file, signal);
    return body.transformToString();
  }

  async local(file: string, signal: AbortSignal): Promise<LocalFile> {
    const body = await this.#get(file, signal);
    const folder = await mkdtemp(path.join(tmpdir(), 'headroom-bill-'));
    const release = () => rm(folder, { recursive: true, force: true });
    try {
      const local = path.join(folder, path.posix.basename(file));
      await pipeline(body as Readable, createWriteStream(local), { signal });
      return { path: local, release };
    } catch (error) {
      await release();
      throw error;
    }
  }

  async #get(file: string, signal: AbortSignal) {
    const client = await this.#client();
    const { Body } = await client.send(
      new GetObjectCommand({
        Bucket: this.#bucket,
        Key: `${this.#prefix}${file}`,
      }),
      { abortSignal: signal },
    );
    if (!Body) {
      throw new NotFoundError(`${this.place}${file} has no content`);
    }
    return Body;
  }
}
