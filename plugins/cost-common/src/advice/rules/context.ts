import { DaysSummary } from '../days/summariseDays';
import { UsedDays } from '../days/usedDays';
import { AdviceInput } from '../types';

/** What the rules of both resources read. */
export interface AdviceContext {
  input: AdviceInput;
  used: UsedDays;
  summary: DaysSummary;
}
