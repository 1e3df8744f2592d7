/** Hands a text to the browser as a file to keep. Made here, so that no server has to be asked for it again. */
export function saveFile(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads the blob after this call; a minute is ample, and then its memory is given back.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
