/** The texts that another text may stand for: a policy is handed on in many wrappings. */

/** Each of them is to be read as the policy, the likeliest first; none where the text is no wrapping that we know. */
export function decodings(text: string): string[] {
  return [fenced(text), ...percentEncoded(text), escaped(text), ...quoted(text), ...fragments(text)].flatMap(
    (one) => one ?? [],
  );
}

/** A block of code in Markdown. */
function fenced(text: string): string | undefined {
  return /^\s*(?:```|~~~)[\w-]*[ \t]*\r?\n([\s\S]*?)\r?\n[ \t]*(?:```|~~~)\s*$/.exec(text)?.[1];
}

/** As IAM's interface gives a document (RFC 3986), by itself or inside of its XML. */
function percentEncoded(text: string): string[] {
  const found = text.match(/%(?:7B|5B)(?:%[0-9A-Fa-f]{2}|[\w.~!*'()+:,;@$-])*%(?:7D|5D)/gi) ?? [];
  return found.flatMap((one) => {
    try {
      // Forms encode a space as a plus sign, and a plus sign always.
      const plus = /%22\+|\+%22|%7B\+/i.test(one) && !/%20/.test(one);
      return decodeURIComponent(plus ? one.replaceAll('+', '%20') : one);
    } catch {
      return [];
    }
  });
}

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
  const inQuotes = /'(\s*[{[][^']*[}\]]\s*)'/.exec(text)?.[1];
  const here = /<<[-~]?\s*["']?(\w+)["']?[ \t]*\r?\n([\s\S]*?)\r?\n[ \t]*\1\b/.exec(text)?.[2];
  return [inQuotes, here].flatMap((one) => one ?? []);
}

/** A part that was cut out of a policy: some statements in a row, or the inside of its braces. */
function fragments(text: string): string[] {
  const cut = text.trim().replace(/,$/, '');
  if (cut.startsWith('{')) return cut === text.trim() && !/\}\s*,\s*\{/.test(cut) ? [] : [`[${cut}]`];
  return /^"(?:Version|Id|Statement)"\s*:/.test(cut) ? [`{${cut}}`] : [];
}
