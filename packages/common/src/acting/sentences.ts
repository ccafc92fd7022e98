import { createWorder, Said, Worded } from '../wording';

/**
 * What guards and the engine that acts say, as a catalogue: pages word it in the
 * reader's language.
 *
 * @public
 */
export const ACTING_SENTENCES = {
  killSwitchAll: '{{by}} stopped everything: {{reason}}',
  killSwitchEntity: '{{by}} stopped what is done to {{entity}}: {{reason}}',
  freezeWindow: '{{title}}: nothing is changed until {{to}}.',
  inventoryUnknown:
    'Nothing is known of cluster {{cluster}} now, so nothing is done there.',
  inventoryFailed:
    'The objects of cluster {{cluster}} could not be read, so nothing is done there.',
  inventoryFailedWhy:
    'The objects of cluster {{cluster}} could not be read, so nothing is done there. {{reason}}',
  inventoryPartial:
    'Only a part of the objects of cluster {{cluster}} could be read, so nothing is done there.',
  inventoryPartialWhy:
    'Only a part of the objects of cluster {{cluster}} could be read, so nothing is done there. {{reason}}',
  inventoryEmpty:
    'Cluster {{cluster}} says that it has no workloads, which is not believed, so nothing is done there.',
  inventoryStale:
    'Cluster {{cluster}} was last seen {{seconds}} s ago; nothing is done on what is older than {{limit}} s.',
  inventoryShrunken:
    'Cluster {{cluster}} has {{now}} workloads and had {{before}}; a fall of more than {{percent}} % is not believed, so nothing is done there.',
  protectedNamespace: 'Namespace {{namespace}} is protected.',
  blastRadiusRun:
    'Capacity would be taken from {{wanted}} workloads of cluster {{cluster}} at once; at most {{limit}} of its {{fleet}} may be.',
  blastRadiusDay:
    'Capacity would be taken from {{wanted}} workloads of cluster {{cluster}} within 24 hours; at most {{limit}} of its {{fleet}} may be.',
  disruptionBudget:
    'PodDisruptionBudget {{name}} wants {{least}} pods available, and {{after}} would be left.',
  disruptionBudgetEviction:
    'PodDisruptionBudget {{name}} wants {{least}} pods available, and pods would be evicted.',
  minimumReplicas:
    '{{after}} replicas would be left, and at least {{least}} must run. {{because}}',
  holdBare: '{{by}} wants it to be left alone.',
  holdBareUntil: '{{by}} wants it to be left alone until {{until}}.',
  hold: '{{by}} wants it to be left alone: {{reason}}',
  holdUntil: '{{by}} wants it to be left alone until {{until}}: {{reason}}',
  gitops:
    '{{manager}} writes {{field}} from Git and would take back what is changed besides.',
  contested: '{{manager}} took back what was written {{times}} times in a row.',
  rate: 'It was written to {{count}} times in the last hour; at most {{limit}} times are allowed.',
  overlapOpen:
    'Nobody knows yet what became of what was done to it for {{policy}}.',
  overlapSettling: 'What was done to the same field for {{policy}} settles.',
  overlapWanted: '{{policy}} wants to change the same field.',
  expired: 'The plan was good until {{expiresAt}}.',
  approval: 'Nobody who may has approved this plan.',

  alreadySo: 'It is as wanted already.',
  changedSince: '{{field}} is not what it was when this was planned.',
  partnerChanged:
    'What belongs to the same change of {{object}} is not as it was when this was planned, so that none of it is done.',
  changedOften: 'It changes too often to be written to; it is planned anew.',
  gone: 'It is not there any more, or is another one of the same name.',
  superseded: 'A later plan wants something else.',
  notWanted: 'It is not wanted any more.',
  planExpired: 'Nobody did it in time.',
  retried: 'It is tried again, as it was refused some time ago.',
  rejectedBy: '{{by}} said no.',
  rejectedByWhy: '{{by}} said no: {{reason}}',
  unknownOutcome:
    'It was being written when the writer stopped, and what is there now is neither what was nor what was wanted. Look at it, and say whether it was done.',
  goneUnresolved:
    'It was being written when the writer stopped, and it is not there any more. Say whether it was done.',
  unreachableOpen: 'What became of it is not known yet: {{reason}}',
  noAnswer: 'No answer came within {{seconds}} s.',
  noActuator: 'Nothing here can change a target of type {{type}}.',
  tooManyAttempts: 'It was tried {{count}} times in vain.',
  fencedOff:
    'The writer stopped before it was made, and it can not be made any more; ask for it again.',
  notDone: 'The write was not made, and is tried again.',

  applied: 'It was written.',
  appliedRemark: 'It was written. {{remark}}',
  appliedFound: 'It was written; the writer stopped, and looking told.',
  verified: 'It settled as expected.',
  undone: 'It was taken back: {{reason}}',
  undoReason: 'It takes back what was done before: {{reason}}',
  undoUndo: 'What it takes back can be wanted again by its policy.',
  undoExpected: 'It is again as it was.',
  revertedBy: '{{manager}} took it back.',
  contestedBy:
    '{{manager}} took it back {{times}} times in a row; it is left alone from now on.',
  undoneByOthers:
    'Somebody else has changed it since; it was left as they have it.',
  stoppedOpen:
    'What became of it is not known yet, and is not looked after while a kill switch is on.',
  resolvedDone: '{{by}} says that it was done: {{reason}}',
  resolvedNotDone: '{{by}} says that it was not done: {{reason}}',
} as const;

/** Says a sentence of {@link ACTING_SENTENCES}. @public */
export const sayActing = createWorder('acting', ACTING_SENTENCES);

/** What somebody else said, as a part of a sentence: in its own wording where it has one. @public */
export function saidPart(said: Said): string | Worded {
  return said.wording
    ? { message: said.message, wording: said.wording }
    : said.message;
}
