/** Something in what the user gave that the user can put right; the message says what. */
export class InputError extends Error {}
