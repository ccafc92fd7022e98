import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { BackendFeature } from '@backstage/backend-plugin-api';
import { z } from 'zod';

/** What a portal's `createBackend` makes; nothing else of it is needed. */
export interface Backend {
  add(feature: BackendFeature): void;
  start(): Promise<unknown>;
  stop(): Promise<void>;
}

/** A portal's back end, as its package.json has it. */
export interface Portal {
  createBackend(): Backend;
  /** The modules of sources that it has installed, by package. */
  modules: Map<string, BackendFeature>;
}

const ours = '@headroom/plugin-cost-backend';

const manifest = z.object({
  name: z.string().optional(),
  dependencies: z.record(z.string(), z.string()).optional(),
  backstage: z
    .object({ role: z.string().optional(), pluginId: z.string().optional() })
    .optional(),
});

/**
 * Finds the portal's back end, so that a check asks with the modules the portal
 * has, whoever wrote them.
 *
 * @param given - where the user says it is
 * @throws Error that says where it was looked for and how to say where it is.
 */
export function findPortal(cwd: string, given?: string): Portal {
  const places = given
    ? [resolve(cwd, given)]
    : [cwd, join(cwd, 'packages', 'backend')];
  const directory = places.find(place =>
    Boolean(readManifest(place)?.dependencies?.[ours]),
  );
  if (!directory) {
    throw new Error(
      `No package.json that depends on ${ours} is in ${places.join(
        ' or ',
      )}; say where the back end of the portal is with --backend`,
    );
  }
  const load = createRequire(join(directory, 'package.json'));
  const { createBackend } = load('@backstage/backend-defaults');
  return { createBackend, modules: modulesOf(directory, load) };
}

function modulesOf(
  directory: string,
  load: NodeJS.Require,
): Map<string, BackendFeature> {
  const names = Object.keys(readManifest(directory)?.dependencies ?? {});
  const modules = new Map<string, BackendFeature>();
  for (const name of names) {
    const backstage = manifestOf(name, load)?.backstage;
    if (
      backstage?.role === 'backend-plugin-module' &&
      backstage.pluginId === 'cost'
    ) {
      const loaded = load(name);
      modules.set(name, loaded.default ?? loaded);
    }
  }
  return modules;
}

function manifestOf(name: string, load: NodeJS.Require) {
  try {
    return manifest.safeParse(load(`${name}/package.json`)).data;
  } catch {
    // Not installed, or it doesn't let its manifest be read: no module of ours.
    return undefined;
  }
}

function readManifest(directory: string) {
  const file = join(directory, 'package.json');
  if (!existsSync(file)) {
    return undefined;
  }
  return manifest.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
}
