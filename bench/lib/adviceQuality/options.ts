import { parseArgs } from 'node:util';
import { InputError } from './InputError';
import { Limit, readLimits } from './limits';

export interface AdviceQualityOptions {
  /** Files and folders; none = the simulated clusters. */
  files: string[];
  /** Seconds. */
  step: number;
  /** Days advice looks back. */
  history: number;
  /** Divide each series by its mean. */
  relative: boolean;
  /** What must hold; none = whatever comes out is right. */
  limits: Limit[];
}

/**
 * Reads `[--file F …] [--step 60] [--history 8] [--relative] [--require
 * dev=5:1,…]`; `--file` may be repeated and may be followed by several names.
 *
 * @throws InputError for what it does not know
 */
export function adviceQualityOptions(args?: string[]): AdviceQualityOptions {
  const { values, positionals } = parse(args);
  if (positionals.length > 0 && !values.file) {
    throw new InputError(`"${positionals[0]}" is no option; say --file first`);
  }
  return {
    files: [...(values.file ?? []), ...positionals],
    step: whole('step', values.step),
    history: whole('history', values.history),
    relative: values.relative,
    limits: values.require === undefined ? [] : readLimits(values.require),
  };
}

function parse(args?: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        file: { type: 'string', multiple: true },
        step: { type: 'string', default: '60' },
        history: { type: 'string', default: '8' },
        relative: { type: 'boolean', default: false },
        require: { type: 'string' },
      },
    });
  } catch (error) {
    throw new InputError(error instanceof Error ? error.message : `${error}`);
  }
}

function whole(name: string, value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number <= 0) {
    throw new InputError(
      `--${name} is "${value}"; it takes a whole number above 0`,
    );
  }
  return number;
}
