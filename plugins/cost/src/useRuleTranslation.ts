import { Translate, useTranslate } from '@headroom/react';
import { costRuleTranslationRef } from './ruleTranslation';

/** Strings of rules in the reader's language. */
export type RuleTranslate = Translate<(typeof costRuleTranslationRef)['T']>;

/** The words about rules in the reader's language. */
export function useRuleTranslation(): { t: RuleTranslate } {
  return useTranslate(costRuleTranslationRef);
}
