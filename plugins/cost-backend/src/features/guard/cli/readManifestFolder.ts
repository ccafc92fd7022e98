import { lstatSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import {
  CostedManifests,
  costedObjects,
  kustomizationsAmong,
  ManifestFile,
  readManifests,
  UnreadManifest,
} from '@headroom/plugin-scaling-common';
import { GuardRequestInput } from '@headroom/plugin-cost-common';
import { BadInput } from './BadInput';
import { buildBelow, buildFolder } from './buildFolder';
import { isFile, MOST_BYTES, readText, unreadable } from './manifestFiles';

const MOST_FILES = 5000;
/** A portal takes no longer ones. */
const LONGEST_NAME = 1000;
const LONGEST_WHY = 2000;
const KUSTOMIZATIONS = [
  'kustomization.yaml',
  'kustomization.yml',
  'Kustomization',
];
const MANIFEST = /\.(ya?ml|json)$/i;
const SKIPPED = new Set(['.git', 'node_modules']);

type ToldSide = NonNullable<GuardRequestInput['manifests']>['after'];

/** What one side of a change holds. */
export type ManifestSide = Required<CostedManifests>;

/**
 * Manifests of a file, a folder, a kustomization, or of the input (`-`). A folder may
 * hold what can't be read, such as templates: that is told of its cost. A file may not.
 * Kustomizations below a folder are built, and what they refer to is not read beside.
 *
 * @param option - how it was named, for errors
 * @throws BadInput
 */
export function readManifestSide(
  option: string,
  path: string,
  { root, input }: { root?: string; input: () => string },
): ManifestSide {
  if (path === '-') {
    return readStream(option, 'the input', input());
  }
  const kind = kindOf(option, path);
  if (kind === 'file') {
    return readStream(option, path, readText(option, path));
  }
  return KUSTOMIZATIONS.some(name => isFile(join(path, name)))
    ? someOf(option, path, buildFolder(option, path, root))
    : readFolder(option, path, root);
}

function kindOf(option: string, path: string): 'file' | 'folder' {
  try {
    return statSync(path).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    throw unreadable(option, path, error, 'a file or a folder');
  }
}

/** Documents one by one, as together they may be more than a file that people write. */
function readStream(option: string, name: string, text: string): ManifestSide {
  const label = MANIFEST.test(name) ? name : `${name}.yaml`;
  let line = 1;
  const read = text.split(/^---(?=\s|$)/m).map(part => {
    const first = line;
    line += part.split('\n').length - 1;
    const place = (each: UnreadManifest) => ({
      ...each,
      file: name,
      ...(each.line !== undefined && { line: each.line + first - 1 }),
    });
    const among = readManifests([{ path: label, text: part }]);
    return {
      objects: among.objects,
      unread: among.unread.map(place),
      kustomizations: kustomizationsAmong(among).map(place),
    };
  });
  const [unread] = read.flatMap(each => each.unread);
  if (unread) {
    throw new BadInput(
      `${option}: ${name}${
        unread.line === undefined ? '' : `, line ${unread.line}`
      } can't be read: ${unread.said.message}`,
    );
  }
  return someOf(option, name, {
    objects: read.flatMap(each => each.objects),
    unread: read.flatMap(each => each.kustomizations),
  });
}

function readFolder(
  option: string,
  path: string,
  root: string | undefined,
): ManifestSide {
  const { files, kustomized } = filesIn(option, path);
  const built = buildBelow(option, { path, root, kustomized });
  const read = readManifests(files.filter(each => !built.files.has(each.path)));
  return someOf(option, path, {
    objects: [...built.objects, ...read.objects],
    unread: [...built.unread, ...read.unread, ...kustomizationsAmong(read)],
  });
}

/** The manifests below a folder, and the folders of it that have a kustomization. */
function filesIn(option: string, path: string) {
  const files: ManifestFile[] = [];
  const kustomized = new Set<string>();
  let bytes = 0;
  const walk = (folder: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const full = join(folder, entry.name);
      if (KUSTOMIZATIONS.includes(entry.name) && isFile(full)) {
        kustomized.add(relative(path, folder));
      } else if (entry.isDirectory() && !SKIPPED.has(entry.name)) {
        walk(full);
      } else if (entry.isFile() && MANIFEST.test(entry.name)) {
        bytes += lstatSync(full).size;
        if (
          files.length + kustomized.size >= MOST_FILES ||
          bytes > MOST_BYTES
        ) {
          throw new BadInput(
            `${option}: ${path} holds more than ${MOST_FILES} files or ${MOST_BYTES} bytes; name a folder with fewer`,
          );
        }
        files.push({
          path: relative(path, full),
          text: readText(option, full),
        });
      }
    }
  };
  walk(path);
  return { files, kustomized: [...kustomized] };
}

function someOf(
  option: string,
  name: string,
  side: ManifestSide,
): ManifestSide {
  if (option !== '--before' && side.objects.length + side.unread.length === 0) {
    throw new BadInput(
      `${option}: ${name} holds no object with apiVersion and kind; it must hold manifests`,
    );
  }
  return side;
}

/** What a portal is told of a side: nothing but what decides the cost. */
export function toldOfSide({ objects, unread }: ManifestSide): ToldSide {
  return {
    files: costedObjects(objects).map((object, index) => ({
      path: `${index}.json`,
      text: JSON.stringify(object),
    })),
    unread: unread.map(({ file, said, content }) => ({
      file: file.slice(0, LONGEST_NAME),
      why: said.message.slice(0, LONGEST_WHY),
      content,
    })),
  };
}
