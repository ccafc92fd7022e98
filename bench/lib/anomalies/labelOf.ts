import { InputError } from '../adviceQuality/InputError';

/**
 * What the label of a point says, whatever tool wrote it: 1 = an anomaly, 0 = none,
 * undefined = nothing.
 *
 * @param place - the file and the line, for the message
 * @throws InputError of what could be either
 */
export function labelOf(
  field: string | undefined,
  place: string,
): 0 | 1 | undefined {
  const text = (field ?? '').toLowerCase();
  if (text === '') {
    return undefined;
  }
  if (text === 'true' || Number(text) === 1) {
    return 1;
  }
  if (text === 'false' || Number(text) === 0) {
    return 0;
  }
  throw new InputError(
    `${place}: Label is "${field}"; it takes 1 or true for an anomaly, and 0, false or nothing for none`,
  );
}
