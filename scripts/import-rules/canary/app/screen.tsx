'use client';
import { commandLineCaller } from '../lib/auth/command-line.ts'; // command-line-for-commands-only
import { config } from '../lib/config/config.ts'; // server code in browsers
export const screen = [config, commandLineCaller];
