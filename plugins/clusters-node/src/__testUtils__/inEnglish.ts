import {
  CONNECTION_SENTENCES,
  ENDPOINT_SENTENCES,
  Wording,
  wordBy,
} from '@headroom/common';

const CATALOGUES: Record<string, Record<string, string>> = {
  endpoint: ENDPOINT_SENTENCES,
  connection: CONNECTION_SENTENCES,
};

/** Words something as a page in English does; undefined where it would show the message instead. */
export function inEnglish(wording: Wording | undefined): string | undefined {
  return wordBy(CATALOGUES, wording, (key, params) => {
    const [name, sentence] = key.split('.');
    return CATALOGUES[name][sentence].replace(/\{\{(\w+)\}\}/g, (_, gap) =>
      String(params[gap]),
    );
  });
}
