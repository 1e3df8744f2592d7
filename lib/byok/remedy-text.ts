/** The policy of a remedy as its marked lines are counted. */
export function remedyText(document: object): string {
  return JSON.stringify(document, null, 2);
}
