/** Builds the programs of this peer ahead of a run, as `.ci/run` does beside other work. */
import { say } from '../../scripts/lib/say.mjs';
import { ensurePrograms } from './cluster/programs.mjs';

await ensurePrograms(say);
