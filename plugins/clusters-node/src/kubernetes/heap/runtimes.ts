import { FixedHeap } from '@headroom/common';
import { Container } from '../objects';
import { POSTGRES, REDIS, sizeIn } from './sizes';
import {
  commandWords,
  evidenceOf,
  imageName,
  lastOption,
  programName,
  variableWords,
} from './words';

const MIB = 2 ** 20;

/** Node.js with a limit of its old generation, in MiB or percent. @internal */
export function nodeHeap(container: Container): FixedHeap | undefined {
  // The command line beats NODE_OPTIONS.
  for (const words of [
    commandWords(container),
    variableWords(container, 'NODE_OPTIONS'),
  ]) {
    const size = lastOption(
      words,
      ['--max-old-space-size', '--max_old_space_size'],
      /^\d+$/,
    );
    if (size) {
      return {
        runtime: 'node',
        evidence: evidenceOf(size.word, size.option),
        heapBytes: Number(size.value) * MIB,
      };
    }
    const share = lastOption(
      words,
      ['--max-old-space-size-percentage'],
      /^\d+(\.\d+)?$/,
    );
    if (share) {
      return {
        runtime: 'node',
        evidence: evidenceOf(share.word, share.option),
        heapShareOfLimit: Math.min(1, Number(share.value) / 100),
      };
    }
  }
  return undefined;
}

/** .NET with a hard limit of its heap; both settings are hexadecimal. @internal */
export function dotnetHeap(container: Container): FixedHeap | undefined {
  for (const prefix of ['DOTNET', 'COMPlus']) {
    const [size] = variableWords(container, `${prefix}_GCHeapHardLimit`);
    const heapBytes = size && hexadecimal(size.text);
    if (heapBytes) {
      const evidence = evidenceOf(size, size.text);
      return { runtime: 'dotnet', evidence, heapBytes };
    }
    const [share] = variableWords(
      container,
      `${prefix}_GCHeapHardLimitPercent`,
    );
    const percent = share && hexadecimal(share.text);
    if (percent && percent <= 100) {
      return {
        runtime: 'dotnet',
        evidence: evidenceOf(share, share.text),
        heapShareOfLimit: percent / 100,
      };
    }
  }
  return undefined;
}

function hexadecimal(text: string): number | undefined {
  return /^(0x)?[0-9a-f]{1,13}$/i.test(text) ? parseInt(text, 16) : undefined;
}

/** Redis and what descends from it, with a limit of its data. @internal */
export function redisHeap(container: Container): FixedHeap | undefined {
  const words = [
    ...variableWords(container, 'REDIS_EXTRA_FLAGS'),
    ...commandWords(container),
  ];
  const found = lastOption(words, ['--maxmemory'], /^\d+[kmg]?b?$/i);
  const heapBytes = found && sizeIn(found.value, REDIS);
  return found && heapBytes
    ? {
        runtime: 'redis',
        evidence: evidenceOf(found.word, found.option),
        heapBytes,
      }
    : undefined;
}

/** PostgreSQL with buffers that were set on the command line. @internal */
export function postgresHeap(container: Container): FixedHeap | undefined {
  const words = commandWords(container).map(word => ({
    ...word,
    text: word.text.replace(/^(-c|--)(?=shared[-_]buffers=)/, ''),
  }));
  const found = lastOption(
    words,
    ['shared_buffers', 'shared-buffers'],
    /^\d+(kB|MB|GB|TB|B)?$/,
  );
  const heapBytes = found && sizeIn(found.value, POSTGRES);
  return found && heapBytes
    ? {
        runtime: 'postgres',
        evidence: evidenceOf(found.word, found.option),
        heapBytes,
      }
    : undefined;
}

/** What memcached takes when it isn't told. */
const MEMCACHED_DEFAULT_MIB = 64;

/** memcached, whose cache is `-m` MiB. @internal */
export function memcachedHeap(container: Container): FixedHeap | undefined {
  const image = imageName(container);
  if (
    programName(container) !== 'memcached' &&
    !/^memcached(-debian)?$/.test(image)
  ) {
    return undefined;
  }
  const words = commandWords(container).map(word => ({
    ...word,
    text: word.text.replace(/^-m(?=\d)/, '-m='),
  }));
  const found = lastOption(words, ['-m', '--memory-limit'], /^\d+$/);
  return {
    runtime: 'memcached',
    evidence: found
      ? evidenceOf(found.word, found.option.replace('-m=', '-m'))
      : `image ${image}`,
    heapBytes: Number(found?.value ?? MEMCACHED_DEFAULT_MIB) * MIB,
  };
}
