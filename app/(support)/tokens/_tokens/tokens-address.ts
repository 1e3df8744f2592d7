/** How the page of tokens is looked at; all of it lives in the address. */
export type TokensState = {
  /** How a token's name, its tenant's name or the token itself begins. */
  search: string;
  /** The last token of the page before. */
  before: string | null;
  /** How the names of the tenants begin that a token can be made for. */
  tenant: string;
};

const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

type Params = Record<string, string | string[] | undefined>;

/** Reads an address that anybody may have typed: what is not understood is left out. */
export function readTokensState(params: Params): TokensState {
  const before = typeof params.before === 'string' && id.test(params.before) ? params.before : null;
  return { search: textOf(params.q), before, tenant: textOf(params.tenant) };
}

export function tokensAddress({ search, before, tenant }: TokensState): string {
  const params = new URLSearchParams();
  if (search) params.set('q', search);
  if (tenant) params.set('tenant', tenant);
  if (before) params.set('before', before);
  return params.size > 0 ? `/tokens?${params}` : '/tokens';
}

function textOf(value: string | string[] | undefined): string {
  return typeof value === 'string' ? value.trim().slice(0, 200) : '';
}
