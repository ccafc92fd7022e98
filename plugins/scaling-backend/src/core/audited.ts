import {
  AuditorService,
  AuditorServiceEventSeverityLevel,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import express from 'express';

/** What is tried, by whom the request says. */
export interface AuditedWrite {
  eventId: string;
  request: express.Request;
  severityLevel?: AuditorServiceEventSeverityLevel;
  /** What is known before. */
  meta: JsonObject;
}

/**
 * Does what changes something, so that every try is on record: who, what, and what
 * was before and after.
 *
 * @param work - gives what is answered, and what the record says of it
 */
export async function audited<T>(
  auditor: AuditorService,
  { eventId, request, severityLevel = 'medium', meta }: AuditedWrite,
  work: () => Promise<{ result: T; meta?: JsonObject }>,
): Promise<T> {
  const event = await auditor.createEvent({
    eventId,
    request,
    severityLevel,
    meta,
  });
  try {
    const { result, meta: done } = await work();
    await event.success({ ...(done && { meta: done }) });
    return result;
  } catch (error) {
    await event.fail({ error: toError(error) });
    throw error;
  }
}
