import { type CallLog, createCallLog } from './cloudtrail.ts';
import { createFaultPlan, type FaultPlan } from './faults.ts';
import { createWorld, type World, type WorldOptions } from './world/world.ts';

/** Everything that a running simulator consists of, apart from its HTTP server. */
export interface Simulator {
  world: World;
  calls: CallLog;
  faults: FaultPlan;
}

export interface SimulatorOptions extends WorldOptions {
  /** Decides which calls a throttle rule hits: numbers from 0 up to, not including, 1. */
  random?: () => number;
}

export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const world = createWorld(options);
  return { world, calls: createCallLog(world.clock), faults: createFaultPlan(options.random) };
}
