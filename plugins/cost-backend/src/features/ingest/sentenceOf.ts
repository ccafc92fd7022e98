const FIT_FOR_A_PAGE = ['ServiceUnavailableError', 'InputError'];
/** A sentence that says what was asked, what answered and what is probably meant. */
const MAX_LENGTH = 600;

/**
 * Why a source failed, in words anyone who may see sources may read. Only errors
 * made for that are quoted; others could carry addresses or upstream bodies.
 */
export function sentenceOf(error: Error): string {
  return FIT_FOR_A_PAGE.includes(error.name)
    ? error.message.slice(0, MAX_LENGTH)
    : 'The source did not answer; the log of the back end says why';
}
