/** A balancer that knows of its servers what their health says, and one of nginx's that is told. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { statusOf } from './serving-installation.ts';

export type Balancer = { url: string; close(): Promise<void> };

export type AskingBalancer = Balancer & {
  /** Resolves once it has heard from this server, on its own asking, that it is good. */
  hasGood(url: string): Promise<void>;
};

/** As often as a balancer asks that is quick about it. */
const askEveryMs = 1_000;

/** Sends each request to the next of those whose health was good when it was last asked. It repeats none. */
export async function startBalancer(
  servers: readonly { url: string; health: string }[],
  port: number,
): Promise<AskingBalancer> {
  const good = new Set(servers);
  /** What each was last heard to say of itself, and when: told with a request that finds none of them good. */
  const heard = new Map<(typeof servers)[number], string>();
  let isOpen = true;
  const watching = servers.map(async (server) => {
    while (isOpen) {
      const status = await statusOf(server.health);
      if (status === 200) good.add(server);
      else good.delete(server);
      heard.set(server, `${server.url}: ${status ?? 'no answer'} at ${new Date().toISOString()}`);
      await new Promise((resolve) => setTimeout(resolve, askEveryMs));
    }
  });
  const agent = new Agent({ keepAlive: true });
  let turn = 0;
  const server = createServer((req, res) => {
    const to = [...good][turn++ % Math.max(1, good.size)];
    if (!to) return void res.writeHead(502).end(`none is good: ${[...heard.values()].join(', ')}`);
    const { hostname, port: at } = new URL(to.url);
    const { method, url, headers } = req;
    const on = request({ agent, hostname, port: at, method, path: url, headers }, (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(res);
    });
    on.on('error', (error) =>
      res.headersSent ? res.destroy() : res.writeHead(502).end(`${to.url}: ${error.message}`),
    );
    req.pipe(on);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${port}`,
    async hasGood(url) {
      while (![...good].some((server) => server.url === url)) await new Promise((resolve) => setTimeout(resolve, 20));
    },
    close: async () => {
      isOpen = false;
      await Promise.all(watching);
      agent.destroy();
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Debian's, and whoever else's is on the PATH. */
export const hasNginx = spawnSync('nginx', ['-v']).status === 0;

export type Nginx = Balancer & {
  /** Sends no more to these, from the next request on. */
  takeOut(...urls: string[]): Promise<void>;
};

export async function startNginx(urls: readonly string[], port: number): Promise<Nginx> {
  const folder = mkdtempSync(join(tmpdir(), 'keyward-nginx-'));
  const configure = (out: readonly string[]) =>
    writeFileSync(join(folder, 'nginx.conf'), configuration(urls, port, out));
  configure([]);
  const at = ['-p', folder, '-c', 'nginx.conf', '-e', 'error.log'];
  const child = spawn('nginx', [...at, '-g', 'daemon off;'], { stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}`;
  while ((await statusOf(url)) === undefined) await new Promise((resolve) => setTimeout(resolve, 50));
  return {
    url,
    async takeOut(...out) {
      configure(out);
      child.kill('SIGHUP');
      // Which servers it knows it tells in a header: until the new workers answer.
      // A worker that goes closes the connection that the question before was asked on.
      const which = () =>
        fetch(`${url}/which`).then(
          ({ headers }) => headers.get('x-out'),
          () => undefined,
        );
      while ((await which()) !== told(out)) await new Promise(setImmediate);
    },
    close: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** nginx leaves out a header without a value. */
const told = (out: readonly string[]): string => ['out', ...out].join(' ');

function configuration(urls: readonly string[], port: number, out: readonly string[]): string {
  const servers = urls.map((url) => `server ${new URL(url).host}${out.includes(url) ? ' down' : ''};`);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${name};`);
  return `
pid nginx.pid;
events { worker_connections 256; }
http {
  access_log off;
  ${temporary.join('\n  ')}
  upstream keyward { ${servers.join(' ')} keepalive 16; }
  server {
    listen 127.0.0.1:${port};
    location = /which { add_header x-out "${told(out)}"; return 204; }
    location / {
      proxy_pass http://keyward;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_next_upstream off;
    }
  }
}
`;
}
