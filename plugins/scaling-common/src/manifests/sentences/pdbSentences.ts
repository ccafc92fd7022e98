/** What is wrong with PodDisruptionBudgets. */
export const PDB_SENTENCES = {
  M21: '{{field}} is {{value}}, which lets no pod of {{target}} go; write maxUnavailable: 1.',
  M21why:
    'A drain waits for the budget for ever, and with it the upgrade of the node.',
  M22: '{{field}} is {{value}}, and maxUnavailable is set, too; keep one of them.',
  M22why: 'The API server refuses a budget that says both.',
  M23missing: '{{field}} is missing; write AlwaysAllow.',
  M23other: '{{field}} is {{value}}; write AlwaysAllow.',
  M23why:
    'Otherwise pods that never became ready hold up a drain, though they serve nobody.',
  M24: 'apiVersion is {{value}}, which no API server from 1.25 on serves; write policy/v1.',
  M24why: 'The API server refuses the object, so nothing protects the pods.',
  M25none:
    '{{field}} matches no pod of any workload; give it the labels of the pods.',
  M25above:
    '{{field}} is {{value}}, and {{scaler}} goes down to {{min}}; write maxUnavailable: 1.',
  M25why:
    'A budget over nothing protects nothing, and one of as many pods as there are stops every drain.',
  K70: '{{target}} has no PodDisruptionBudget; add one with maxUnavailable: 1.',
  K70why: 'A drain may take all of its pods at once.',
  K71: '{{field}} has neither minAvailable nor maxUnavailable; write maxUnavailable: 1.',
  K71why: 'What such a budget allows is left to a default.',
} as const;
