// The customer's page: posts its forms as JSON, shows the answer beside them, and keeps the log of calls fresh.

const REFRESH_MS = 2000;

document.addEventListener('submit', (event) => {
  event.preventDefault();
  void submit(event.target);
});
window.addEventListener('hashchange', openLinkedItem);
openLinkedItem();
window.setInterval(refreshCalls, REFRESH_MS);

async function submit(form) {
  const error = form.querySelector('.error');
  const done = form.querySelector('.done');
  error.textContent = '';
  done.textContent = '';
  const { url, body } = requestOf(form);
  const answer = await post(url, body);
  if (answer.failure) {
    error.textContent = answer.failure;
    return;
  }
  void refreshCalls();
  if (form.dataset.refresh) await refresh(form.dataset.refresh, body);
  say(form.id, `${shown(answer.data?.[form.dataset.shows])}${form.dataset.done}`);
}

/** The fields as a JSON object; a field called `a+b` carries two values with a space between them. */
function requestOf(form) {
  const values = {};
  for (const control of form.elements) {
    if (!control.name || (control.dataset.optional !== undefined && control.value.trim() === '')) continue;
    const names = control.name.split('+');
    const parts = names.length > 1 ? control.value.split(' ') : [control.value.trim()];
    names.forEach((name, index) => {
      values[name] = parts[index];
    });
  }
  const { region, ...body } = values;
  return { url: form.dataset.url.replace('{region}', region), body };
}

/** "AccessKeyId: AKIA…; SecretAccessKey: …. " */
function shown(part) {
  if (!part) return '';
  return `${Object.entries(part)
    .map(([name, value]) => `${name}: ${value}`)
    .join('; ')}. `;
}

/** What was answered, or what went wrong in a sentence. */
async function post(url, body) {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const data = await response.json();
    return response.ok ? { data } : { failure: `${data.error.code}: ${data.error.message}` };
  } catch {
    return { failure: 'The simulator does not answer.' };
  }
}

/** Fetches the page anew and puts the new version of each named element in the place of the old one. */
async function refresh(targets, body) {
  const [, field] = targets.split(':');
  if (field) {
    window.location.assign(`/?account=${encodeURIComponent(body[field])}`);
    return;
  }
  const response = await fetch(window.location.href);
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  for (const id of targets.split(' ')) {
    const fresh = page.getElementById(id);
    const old = document.getElementById(id);
    if (!fresh || !old) continue;
    if (fresh.dataset.list === undefined) replace(old, fresh);
    else mergeList(old, fresh);
  }
}

/** Only what is new or has another heading is touched: somebody may be writing in the others. */
function mergeList(old, fresh) {
  for (const item of [...fresh.querySelectorAll(':scope > .item')]) {
    const known = document.getElementById(item.id);
    if (!known) old.append(item);
    else if (headingOf(known) !== headingOf(item)) replace(known, item);
  }
  old.querySelector(':scope > p')?.remove();
}

function headingOf(item) {
  return item.querySelector('h4')?.textContent;
}

/** The button that was pressed may be disabled now: then the whole item takes the focus, so that it is not lost. */
function replace(old, fresh) {
  const focused = old.contains(document.activeElement) ? document.activeElement : undefined;
  const form = focused?.closest('form')?.id;
  old.replaceWith(fresh);
  if (!focused) return;
  const button = form && document.getElementById(form)?.querySelector('button:not([disabled])');
  (button || fresh).focus();
}

function say(formId, text) {
  const done = document.getElementById(formId)?.querySelector('.done');
  if (done) done.textContent = text;
}

async function refreshCalls() {
  const rows = document.getElementById('calls');
  if (!rows || document.hidden || !document.getElementById('refresh-calls').checked) return;
  try {
    const response = await fetch(rows.dataset.url);
    if (response.ok) rows.innerHTML = await response.text();
  } catch {
    // The simulator is being restarted: the next round finds it again.
  }
}

/** Follows `?role=`, `?key=` and the AWS console’s hashes: `#/roles/details/NAME`, `#/users/details/NAME`, `#/kms/keys/KEYID`. */
function openLinkedItem() {
  const query = new URLSearchParams(window.location.search);
  const path = decodeURIComponent(window.location.hash);
  const role = query.get('role') ?? /#\/?roles\/(?:details\/)?([^/?]+)/.exec(path)?.[1];
  const key = query.get('key') ?? /#\/?kms\/keys\/([^/?]+)/.exec(path)?.[1];
  const user = /#\/?users\/(?:details\/)?([^/?]+)/.exec(path)?.[1];
  if (user) {
    const item =
      document.querySelector(`[data-user="${CSS.escape(user)}"]`) ?? document.getElementById('users-heading');
    item?.scrollIntoView();
    item?.focus();
    return;
  }
  if (!role && !key) return;
  const item = document.querySelector(role ? `[data-role="${CSS.escape(role)}"]` : `[data-key="${CSS.escape(key)}"]`);
  if (item) {
    item.scrollIntoView();
    item.focus();
  } else if (!query.has('account')) {
    void goToOwner(role, key);
  }
}

/** A link of the AWS console names no account: looks for the one that has the role or key. */
async function goToOwner(role, key) {
  const response = await fetch('/_sim/accounts');
  const accounts = await response.json();
  const owner = accounts.find((account) =>
    role ? account.roles.some((one) => one.roleName === role) : account.keys.some((one) => one.keyId === key),
  );
  if (!owner) return;
  const target = role ? `role=${encodeURIComponent(role)}` : `key=${encodeURIComponent(key)}`;
  window.location.replace(`/?account=${owner.accountId}&${target}`);
}
