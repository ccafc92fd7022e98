/** Between characters that would be a link or a mention together; it is not seen. */
const JOINER = '\u2060';

/**
 * Text as it is in Markdown, whoever named it: no markup, link, mention or reference
 * comes out of it.
 *
 * @public
 */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(/[\\`*_{}[\]()#+!|~^$]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/@/g, `@${JOINER}`)
    .replace(/#/g, `#${JOINER}`)
    .replace(/:(?=\/\/)/g, `:${JOINER}`)
    .replace(/\b(www|mailto|xmpp)(?=[.:])/gi, `$1${JOINER}`)
    .replace(/!(?=\d)/g, `!${JOINER}`)
    .replace(/^(\s*)([-=]|\d+[.)])/, '$1\\$2');
}
