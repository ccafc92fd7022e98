/** The command was asked for something that it can't do: says which field, and what would be right. */
export class BadInput extends Error {
  readonly name = 'BadInput';
}
