import { expect, type Locator, type Page } from '@playwright/test';
import { providers } from '#lib/byok/providers.ts';

/** What only a key in AWS has, or is called. */
const ofAws = /.{0,60}\b(AWS|Amazon|IAM|ARNs?|STS|CloudTrail|CloudFormation|[Aa]ccess [Kk]eys?|kms:[A-Z]\w*)\b.{0,40}/g;

/**
 * A page says nothing in AWS's words: neither in what is read, what is heard, nor what can be chosen. Options that offer AWS itself by
 * its name, or stand under it, are meant to.
 * @param within the page's main part, where it is not said
 */
export async function speaksOfNoOther(page: Page, within: Locator = page.locator('main')): Promise<void> {
  await expect(within).toBeVisible();
  // Soft, so that one walk finds everything.
  expect.soft((await wordsWithin(within)).match(ofAws) ?? [], new URL(page.url()).pathname).toEqual([]);
}

function wordsWithin(within: Locator): Promise<string> {
  return within.evaluate((root, offered) => {
    const copied = root.cloneNode(true) as HTMLElement;
    for (const code of copied.querySelectorAll('script, style')) code.remove();
    for (const group of copied.querySelectorAll('optgroup')) if (offered.includes(group.label)) group.remove();
    for (const option of copied.querySelectorAll('option'))
      if (offered.includes(option.textContent ?? '')) option.remove();
      else option.append('\n');
    const heard = [...copied.querySelectorAll('*')].flatMap((element) =>
      ['aria-label', 'title', 'placeholder', 'label', 'alt'].flatMap((name) => element.getAttribute(name) ?? []),
    );
    return [copied.textContent, ...heard].join('\n');
  }, namesOfAws());
}

/** As the choice of the type and the choice of what to rotate to have them. */
function namesOfAws(): string[] {
  const { keyType, name, authModes } = providers.aws;
  return [keyType, name, ...authModes.map((mode) => `${name}, ${mode.name}`)];
}
