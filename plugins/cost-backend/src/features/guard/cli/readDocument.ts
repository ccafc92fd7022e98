import { parseInput } from '@headroom/node';
import { parse } from 'yaml';
import { z } from 'zod';
import { BadInput } from './BadInput';
import { readText } from './manifestFiles';

/**
 * A file of YAML or JSON that has a form.
 *
 * @throws BadInput that names the field
 */
export function readDocument<T>(
  option: string,
  path: string,
  schema: z.ZodType<T>,
): T {
  const value = readYaml(option, path);
  try {
    return parseInput(schema, value ?? {});
  } catch (error) {
    throw new BadInput(`${option}, ${path}: ${(error as Error).message}`);
  }
}

/** @throws BadInput where it is no JSON. */
export function readJson(option: string, path: string): unknown {
  const text = readText(option, path);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new BadInput(
      `${option} is ${path}, which is no JSON: ${(error as Error).message}`,
    );
  }
}

function readYaml(option: string, path: string): unknown {
  const text = readText(option, path);
  try {
    return parse(text, { maxAliasCount: 100 });
  } catch (error) {
    const [why] = (error as Error).message.split('\n');
    throw new BadInput(`${option} is ${path}, which is no YAML: ${why}`);
  }
}
