/**
 * Started with a PostgreSQL (`server.ts`), and told which process that is: a postmaster does not notice that whoever started it was
 * killed. When this one's input ends, it ends the server.
 */
import { stopProcess } from '../processes/stop.ts';
import { shutdown } from './shutdown.ts';

const [pid = '', startedAt = ''] = process.argv.slice(2);
process.stdin.resume();
process.stdin.once('end', () => void stopProcess({ pid: Number(pid), startedAt }, shutdown));
