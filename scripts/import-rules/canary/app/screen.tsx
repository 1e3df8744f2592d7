'use client';
import { config } from '../lib/config/config.ts'; // server code in browsers
export const screen = config;
