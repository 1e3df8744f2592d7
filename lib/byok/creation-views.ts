/** What screens show of a CMK that Keyward created, or tried to: plain data. */
export type CreationView = {
  id: string;
  /** The enterprise key that it was made for, while that exists. */
  keyId: string | null;
  keyAlias: string | null;
  /**
   * `looking`: whether the provider has made it is not known yet; `adopted`: an enterprise key uses it; `orphaned`: none does, and
   * it is the customer's to delete.
   */
  state: 'looking' | 'adopted' | 'left-over';
  provider: string;
  location: string;
  /** null where it is not known whether there is one. */
  keyRef: string | null;
  detail: string;
  requestedBy: string;
  at: string;
  /** Its page in the provider's console, or that of all keys in the region. */
  consoleUrl: string;
  /** For the provider's command line: deletes it, or looks for it where it is not known whether there is one. */
  command: string;
};
