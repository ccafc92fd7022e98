import { refuseParameters } from '@headroom/node';
import express from 'express';

/** Refuses parameters of the query before the body is read: what is wrong with the address is said first. */
export const noParameters: express.RequestHandler = (req, _res, next) => {
  refuseParameters(req.query);
  next();
};
