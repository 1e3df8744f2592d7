/**
 * Started by `pages.ts`, with the path of its socket: Next.js as a custom server (https://nextjs.org/docs/app/guides/custom-server).
 * It ends when the channel to the front server does, whatever became of that.
 */
import { createServer } from 'node:http';
import next from 'next';
import { projectRoot } from '../project-root.ts';
import type { PagesMessage } from './pages.ts';

const socket = process.argv[2] ?? '';
const tell = (message: PagesMessage): void => void process.send?.(message);

process.once('disconnect', () => process.exit());
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => tell({ asked: signal }));

const pages = next({ dev: false, dir: projectRoot, quiet: true });
await pages.prepare();
const handle = pages.getRequestHandler();
// The front server keeps the times and sizes; its connections stay open for as long as it likes.
const times = { keepAliveTimeout: 0, headersTimeout: 0, requestTimeout: 0, maxHeaderSize: 64 * 1024 };
createServer(times, (req, res) => void handle(req, res)).listen(socket, () => tell({ ready: true }));
