const INSTANT = String.raw`\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})`;

/** Until when, who and why. @internal */
export const OVERRIDE = new RegExp(
  `^until (${INSTANT}) by (\\S+) because (\\S.*)$`,
  's',
);

/** Until when. @internal */
export const UNTIL = new RegExp(`^until (${INSTANT})$`);
