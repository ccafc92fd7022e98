import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rememberedBeginning } from './state';

const never = () => {
  throw new Error('asked again');
};

describe('rememberedBeginning', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'demo-cluster-'));
  });

  afterEach(async () => {
    await rm(directory, { recursive: true });
  });

  it('is what the first run wrote down', async () => {
    const state = join(directory, 'new', 'state');
    const first = {
      start: new Date('2026-01-05T00:00:00Z'),
      shownSince: new Date('2026-03-06T09:30:00Z'),
    };
    expect(await rememberedBeginning(state, () => first)).toEqual(first);
    expect(await rememberedBeginning(state, never)).toEqual(first);
    expect(await readdir(state)).toEqual(['demo-cluster.json']);
  });

  it('was shown ever since its history starts where that was not written down', async () => {
    const start = new Date('2026-01-05T00:00:00Z');
    await writeFile(
      join(directory, 'demo-cluster.json'),
      JSON.stringify({ start }),
    );
    expect(await rememberedBeginning(directory, never)).toEqual({
      start,
      shownSince: start,
    });
  });

  it('says what to do about a file it cannot read', async () => {
    const file = join(directory, 'demo-cluster.json');
    await writeFile(file, '{"start":"once upon a time"}');
    await expect(rememberedBeginning(directory, never)).rejects.toThrow(
      `${file} doesn't say when the demo's history starts; delete it for a new history.`,
    );
  });
});
