/** The texts that another text may stand for: a policy is handed on in many wrappings. */

/** Each of them is to be read as the policy, the likeliest first; none where the text is no wrapping that we know. */
export function decodings(text: string): string[] {
  const whole = [fenced(text), ...percentEncoded(text), escaped(text)];
  const parts = [...quoted(text), ...stringsOfYaml(text), ...fragments(text), afterWords(text)];
  return [...whole, ...parts].flatMap((one) => one ?? []);
}

/** A block of code in Markdown. */
function fenced(text: string): string | undefined {
  return /^\s*(?:```|~~~)[\w-]*[ \t]*\r?\n([\s\S]*?)\r?\n[ \t]*(?:```|~~~)\s*$/.exec(text)?.[1];
}

/** As IAM's interface gives a document (RFC 3986), by itself or inside of its XML. */
function percentEncoded(text: string): string[] {
  const runs = text.match(/[%\w.~!*'()+:,;@$-]+/g) ?? [];
  return runs
    .filter((run) => /^%(?:7B|5B|22)|%7B/i.test(run))
    .slice(0, most)
    .flatMap((run) => {
      const inside = run.slice(Math.max(run.search(/%(?:7B|5B|22)/i), 0));
      try {
        // Forms encode a space as a plus sign, and a plus sign always.
        const plus = /%22\+|\+%22|%7B\+/i.test(inside) && !/%20/.test(inside);
        return decodeURIComponent(plus ? inside.replaceAll('+', '%20') : inside);
      } catch {
        return [];
      }
    });
}

/** So many wrappings of a kind are looked into. */
const most = 20;

/** The inside of a JSON string, without the quotation marks around it. */
function escaped(text: string): string | undefined {
  if (!/^\s*[{[](?:\\[nrt]|\s)*\\"/.test(text)) return undefined;
  try {
    const whole = text.trim().replace(/\r?\n/g, '\\n').replaceAll('\t', '\\t');
    return JSON.parse(`"${whole}"`) as string;
  } catch {
    return undefined;
  }
}

/** In single quotation marks on a command line, or as a here-document of a script or of Terraform. */
function quoted(text: string): string[] {
  const inQuotes = text.split("'").filter((part) => /^\s*[{[]/.test(part) && /[}\]]\s*$/.test(part.slice(-200)));
  return [...inQuotes.slice(0, most), ...hereDocuments(text)];
}

function hereDocuments(text: string): string[] {
  const lines = text.split(/\r?\n/);
  const found: string[] = [];
  let opened: { word: string; from: number } | undefined;
  for (const [at, line] of lines.entries()) {
    const word = /<<[-~]?\s*["']?(\w+)["']?[ \t]*$/.exec(line.slice(-200))?.[1];
    if (opened && line.trim() === opened.word) {
      found.push(lines.slice(opened.from, at).join('\n'));
      opened = undefined;
    } else if (word !== undefined) {
      opened ??= { word, from: at + 1 };
    }
  }
  return found.slice(0, most);
}

/** What the AWS CLI answers with `--output yaml`: a policy as a string on one line, or as a block of lines. */
function stringsOfYaml(text: string): string[] {
  const strings = text.match(/"\{(?:[^"\\\r\n]|\\.)*"/g) ?? [];
  const lines = text.split(/\r?\n/);
  const at = lines.findIndex((line) => /:\s*[|>][-+\d]*\s*$/.test(line.slice(-200)));
  const block = at < 0 ? [] : lines.slice(at + 1);
  const indent = /^[ ]*/.exec(block[0] ?? '')?.[0].length ?? 0;
  const end = block.findIndex((line) => line.trim() !== '' && (/^[ ]*/.exec(line)?.[0].length ?? 0) < indent);
  const inside = (end < 0 ? block : block.slice(0, end)).join('\n');
  return [...strings.slice(0, most), ...(indent > 0 ? [inside] : [])];
}

/** What stands behind a few words, or behind the command that gave it. */
function afterWords(text: string): string | undefined {
  const from = text.search(/[{[]\s*["{]/);
  const to = Math.max(text.lastIndexOf('}'), text.lastIndexOf(']'));
  return from > 0 && to > from && text.slice(0, from).trim() !== '' ? text.slice(from, to + 1) : undefined;
}

/** A part that was cut out of a policy: some statements in a row, or the inside of its braces. */
function fragments(text: string): string[] {
  const cut = text.trim().replace(/,$/, '');
  if (cut.startsWith('{')) return cut === text.trim() && !/\}\s*,\s*\{/.test(cut) ? [] : [`[${cut}]`];
  return /^"(?:Version|Id|Statement)"\s*:/.test(cut) ? [`{${cut}}`] : [];
}
