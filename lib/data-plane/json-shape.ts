/** How deep a body may nest: the batch, its list, an item, its context; and room for what is not looked at. */
export const maxDepth = 8;
/** Lists and objects in a body: twice as many as a full batch has. */
export const maxContainers = 500;

/**
 * Whether JSON nests deeper or holds more lists and objects than any batch. Asked before it is parsed: a few megabytes of
 * brackets would become gigabytes. A text that is no JSON may be judged either way; parsing it says what it is.
 */
export function isOvergrown(text: string): boolean {
  let depth = 0;
  let containers = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case quote:
        at = endOfString(text, at);
        break;
      case openBrace:
      case openBracket:
        containers++;
        depth++;
        if (depth > maxDepth || containers > maxContainers) return true;
        break;
      case closeBrace:
      case closeBracket:
        depth--;
        break;
    }
  }
  return false;
}

/** Where the string that begins at `start` ends. Long ones are the rule: they are not walked through. */
function endOfString(text: string, start: number): number {
  for (let from = start + 1; ; ) {
    const end = text.indexOf('"', from);
    if (end < 0) return text.length;
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === backslash) slashes++;
    if (slashes % 2 === 0) return end;
    from = end + 1;
  }
}

const quote = 0x22;
const backslash = 0x5c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;
