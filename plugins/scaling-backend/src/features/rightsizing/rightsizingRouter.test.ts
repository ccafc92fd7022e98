import {
  mockCredentials,
  mockErrorHandler,
  mockServices,
} from '@backstage/backend-test-utils';
import { NotAllowedError } from '@backstage/errors';
import express from 'express';
import request from 'supertest';
import { ScalingScopes } from '../../core/ScalingScopes';
import { Rightsizing } from './Rightsizing';
import { createRightsizingRouter } from './rightsizingRouter';

const ADA = 'user:default/ada';
const record: object[] = [];
const told: string[] = [];
let isAllowed = true;

const app = express()
  .use(express.json())
  .use(
    createRightsizingRouter({
      auditor: mockServices.auditor.mock({
        createEvent: async ({ eventId, meta }) => ({
          success: async done => {
            record.push({ eventId, ...meta, ...done?.meta });
          },
          fail: async ({ error }) => {
            record.push({ eventId, ...meta, failed: error.name });
          },
        }),
      }),
      httpAuth: mockServices.httpAuth({
        defaultCredentials: mockCredentials.user(ADA),
      }),
      rightsizing: {
        advised: async () => ({
          subject: 'Deployment shop/web',
          detail: { row: { entityRef: 'component:default/web' } },
        }),
        plan: async () => ({
          id: 'p',
          actions: [
            {
              changes: [
                { path: ['spec', 'replicas'], before: 3, after: 2 },
                { path: ['spec', 'paused'], before: null, after: true },
              ],
            },
          ],
        }),
      } as unknown as Rightsizing,
      scopes: {
        open: async () => ({
          require: () => {
            if (!isAllowed) {
              throw new NotAllowedError('No');
            }
          },
        }),
      } as unknown as ScalingScopes,
      onPlanned: async ({ id }) => {
        told.push(id);
      },
    }),
  )
  .use(mockErrorHandler());

const post = (body: object) =>
  request(app).post('/v1/advice/7/plan').send(body);

it('has every try on record, with who, what, before and after, and tells of plans', async () => {
  const body = { how: 'cluster', reason: 'It is large' };
  expect((await post(body)).status).toBe(201);
  expect((await post({ how: 'by hand', reason: 'x' })).status).toBe(400);
  isAllowed = false;
  expect((await post(body)).status).toBe(403);
  expect(record).toEqual([
    {
      eventId: 'advice-apply',
      adviceId: '7',
      by: ADA,
      ...body,
      planId: 'p',
      subject: 'Deployment shop/web',
      entityRef: 'component:default/web',
      before: ['spec.replicas: 3', 'spec.paused: –'],
      after: ['spec.replicas: 2', 'spec.paused: true'],
    },
    { eventId: 'advice-apply', adviceId: '7', failed: 'InputError' },
    { eventId: 'advice-apply', adviceId: '7', failed: 'NotAllowedError' },
  ]);
  expect(told).toEqual(['p']);
});
