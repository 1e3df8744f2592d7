import { schema } from '#lib/config/schema.ts';
import { readBeside, type VariableRow, variables } from '#lib/config/variables.ts';

/** `.env.example`: what is required stands empty, what has a default stands with it as a comment. Holds no secret. */
export function envExample(): string {
  return `${[head, ...variables.map(block)].join('\n\n')}\n`;
}

/** The README with the table of its section Configuration as it is now. Throws where it has none. */
export function withTable(readme: string): string {
  const table = /(?<=\n\| name \| what \|\n\| --- \| --- \|\n)(?:\|.*\n)+/;
  if (!table.test(readme)) throw new Error('The README has no table of variables.');
  const rows = variables.map(({ names, what }) => `| ${names.map((name) => `\`${name}\``).join(', ')} | ${what} |\n`);
  return readme.replace(table, () => rows.join(''));
}

const head = `# The environment of Keyward, written by \`node scripts/bootstrap.mjs env-example\`. Lines without a # are required.
# Keyward reads no file. Copy this one to a place that only its processes may read, and fill it in. Let your service manager load
# it (systemd: EnvironmentFile=; a shell: set -a; . FILE; set +a). An empty value counts as none.`;

function block({ names, what }: VariableRow): string {
  const required = names.filter(isRequired).length === names.length ? ['Required.'] : [];
  const sentence = `${what.charAt(0).toUpperCase()}${what.slice(1)}.`.replaceAll('`', '');
  return [...wrapped([...required, sentence].join(' ')), ...names.map(line)].join('\n');
}

function line(name: string): string {
  return isRequired(name) ? `${name}=` : `#${name}=${defaultOf(name)}`;
}

function isRequired(name: string): boolean {
  return isOfSchema(name) && !schema.shape[name].safeParse(undefined).success;
}

/** As somebody would write it. Secrets have no default, but for the demo's password, which is none. */
function defaultOf(name: string): string {
  const beside: Readonly<Record<string, string>> = readBeside;
  if (beside[name] !== undefined) return beside[name];
  return isOfSchema(name) ? written(schema.shape[name].parse(undefined)) : '';
}

function isOfSchema(name: string): name is keyof typeof schema.shape {
  return Object.hasOwn(schema.shape, name);
}

function written(value: unknown): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return value.join(',');
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .map(([name, { perMinute, atOnce }]) => `${name}=${perMinute}${atOnce === undefined ? '' : `/${atOnce}`}`)
      .join(',');
  return String(value);
}

function wrapped(words: string): string[] {
  const lines: string[] = [];
  for (const word of words.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && `${last} ${word}`.length <= 128) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`# ${word}`);
  }
  return lines;
}
