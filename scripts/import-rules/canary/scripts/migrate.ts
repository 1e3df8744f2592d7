import { engine } from './migrations/engine.ts';

export const broken = engine;
