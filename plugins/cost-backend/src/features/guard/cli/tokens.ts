import { BadInput } from './BadInput';

/**
 * Refuses a token that no header can hold, such as one with a line break: the error of
 * a request would tell it.
 *
 * @param name - of the variable, which is told, unlike the token
 * @throws BadInput
 */
export function checkToken(name: string, token: string): void {
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new BadInput(
      `${name} has a character that no token has, such as a space or a line break; it must be the token alone`,
    );
  }
}
