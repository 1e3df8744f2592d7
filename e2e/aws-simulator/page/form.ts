import { type Html, html } from './html.ts';

export interface Field {
  label: string;
  name: string;
  value?: string;
  /** `policy` is a text area for JSON; `select` takes `options`. */
  kind: 'text' | 'policy' | 'select';
  options?: readonly { value: string; label: string }[];
  hint?: string;
  optional?: boolean;
}

export interface FormContent {
  /** Unique in the page. */
  id: string;
  /** Where the fields are posted as a JSON object. `{region}` in it is replaced with the field of that name. */
  url: string;
  hidden: Readonly<Record<string, string>>;
  fields: readonly Field[];
  button: string;
  /** What the button is about, for those who hear it out of its place. */
  buttonFor?: string;
  disabled?: boolean;
  /** What is said when it worked. */
  done: string;
  /** The part of the answer that is shown with it, name by name. */
  shows?: string;
  /** IDs of the elements to fetch anew when it worked, or `account:FIELD` to go to that account's page. */
  refresh?: string;
}

/** A form that `console.js` posts. Its error, or its success, stands beside its button. */
export function renderForm(form: FormContent): Html {
  const refresh = form.refresh === undefined ? html`` : html` data-refresh="${form.refresh}"`;
  const shows = form.shows === undefined ? html`` : html` data-shows="${form.shows}"`;
  const about = form.buttonFor === undefined ? html`` : html`<span class="unseen"> ${form.buttonFor}</span>`;
  return html`<form id="${form.id}" data-url="${form.url}" data-done="${form.done}"${refresh}${shows} novalidate>
    ${Object.entries(form.hidden).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
    ${form.fields.map((field) => renderField(form.id, field))}
    <button type="submit"${form.disabled ? html` disabled` : html``}>${form.button}${about}</button>
    <p class="error" role="alert" id="${form.id}-error"></p><p class="done" role="status"></p>
  </form>`;
}

function renderField(formId: string, field: Field): Html {
  const id = `${formId}-${field.name}`;
  const hint = field.hint === undefined ? html`` : html`<p class="hint" id="${id}-hint">${field.hint}</p>`;
  const describedBy = `${formId}-error${field.hint === undefined ? '' : ` ${id}-hint`}`;
  return html`<div class="field"><label for="${id}">${field.label}</label>${hint}${renderControl(id, describedBy, field)}</div>`;
}

function renderControl(id: string, describedBy: string, field: Field): Html {
  const { name, value = '', kind, options = [], optional } = field;
  const mark = optional ? html` data-optional` : html``;
  switch (kind) {
    case 'policy':
      return html`<textarea id="${id}" name="${name}" rows="${rowsFor(value)}" spellcheck="false" autocomplete="off" aria-describedby="${describedBy}"${mark}>
${value}</textarea>`;
    case 'select':
      return html`<select id="${id}" name="${name}" aria-describedby="${describedBy}"${mark}>${options.map(
        (option) =>
          html`<option value="${option.value}"${option.value === value ? html` selected` : html``}>${option.label}</option>`,
      )}</select>`;
    case 'text':
      return html`<input type="text" id="${id}" name="${name}" value="${value}" autocomplete="off" spellcheck="false" aria-describedby="${describedBy}"${mark}>`;
  }
}

/** As many rows as the policy has lines, within reason. */
function rowsFor(policy: string): number {
  return Math.min(24, Math.max(6, policy.split('\n').length + 1));
}
