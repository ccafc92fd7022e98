import { ScheduledWork } from '@headroom/node';
import express from 'express';
import { RegisterAction } from '../actions/RegisterAction';

/** A capability of the plugin: what it serves, and what it does by itself. */
export interface Feature {
  routes?: express.Router;
  tasks?: ScheduledWork[];
  /** What assistants may call. */
  actions?: RegisterAction[];
}
