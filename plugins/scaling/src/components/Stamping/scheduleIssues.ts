import { Said, Wording } from '@headroom/common';
import { PolicyIssue } from '@headroom/plugin-scaling-common';

/** What is wrong with a schedule, without the annotation and entity that there aren't yet. */
export function scheduleSaid({ text }: PolicyIssue): Said {
  const what = partOf(text.wording);
  return { message: text.message, wording: what ?? text.wording };
}

function partOf({ params }: Wording): Wording | undefined {
  const what = params?.what;
  return typeof what === 'object' ? what : undefined;
}
