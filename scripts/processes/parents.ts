/**
 * Whether those who have started this process are still there. A server whose starter was killed would otherwise go on serving,
 * with its port, and nobody would know of it.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const lookMs = 500;

/**
 * Calls `gone` when a starter of ours (bootstrap or launcher, by the channel to it) or npm has ended. npm passes no signal on to what it
 * runs, and there may be a shell in between. A shell in which somebody has typed is no starter: what was put into the background there
 * may outlive it.
 */
export function watchParents(gone: () => void): void {
  if (process.channel) {
    process.once('disconnect', gone);
    // Listening for that must not keep an ended process alive.
    process.channel.unref();
  }
  const links = process.env.npm_lifecycle_event ? linksToNpm() : [];
  if (links.length === 0) return;
  const timer = setInterval(() => {
    if (links.every(({ pid, parent }) => parentOf(pid) === parent)) return;
    clearInterval(timer);
    gone();
  }, lookMs).unref();
}

/** A process whose parent ends gets another one. */
type Link = { pid: number; parent: number };

/** From what npm has run, or from the bootstrap that has started us, to npm. */
function linksToNpm(): Link[] {
  const own = process.channel ? process.ppid : process.pid;
  const parent = parentOf(own);
  if (parent === undefined || parent <= 1) return [];
  const links = [{ pid: own, parent }];
  const above = parentOf(parent);
  if (above !== undefined && above > 1 && isShell(parent)) links.push({ pid: parent, parent: above });
  return links;
}

/** The process that a process descends from, as things are now. */
export function parentOf(pid: number): number | undefined {
  if (pid === process.pid) return process.ppid;
  // proc(5): the name in parentheses may itself hold spaces and parentheses; the parent is the second field after it.
  const fields = process.platform === 'linux' ? statOf(pid)?.split(') ').at(-1)?.split(' ') : undefined;
  const text = process.platform === 'linux' ? fields?.[1] : ps('ppid', pid);
  return text === undefined ? undefined : Number(text);
}

function isShell(pid: number): boolean {
  const name = process.platform === 'linux' ? /\((.*)\)/.exec(statOf(pid) ?? '')?.[1] : ps('comm', pid);
  return /(^|\/)-?(ba|da|z|k|a)?sh$/.test(name ?? '');
}

function statOf(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
}

function ps(field: 'ppid' | 'comm', pid: number): string | undefined {
  try {
    return execFileSync('ps', ['-o', `${field}=`, '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined;
  } catch {
    return undefined;
  }
}
