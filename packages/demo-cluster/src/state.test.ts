import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rememberedStart } from './state';

describe('rememberedStart', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'demo-cluster-'));
  });

  afterEach(async () => {
    await rm(directory, { recursive: true });
  });

  it('is what the first run wrote down', async () => {
    const state = join(directory, 'new', 'state');
    const first = new Date('2026-01-05T00:00:00Z');
    const never = () => {
      throw new Error('asked again');
    };
    expect(await rememberedStart(state, () => first)).toEqual(first);
    expect(await rememberedStart(state, never)).toEqual(first);
    expect(await readdir(state)).toEqual(['demo-cluster.json']);
  });

  it('says what to do about a file it cannot read', async () => {
    const file = join(directory, 'demo-cluster.json');
    await writeFile(file, '{"start":"once upon a time"}');
    await expect(rememberedStart(directory, () => new Date())).rejects.toThrow(
      `${file} doesn't say when the demo's history starts; delete it for a new history.`,
    );
  });
});
