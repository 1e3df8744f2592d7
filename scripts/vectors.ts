/**
 * `npm run vectors -- FILE`: holds the cipher against test vectors, a JSON list of
 * `{"key","nonce","plaintext","aad","ciphertext","valid"}` in hexadecimal, the ciphertext with its tag. Ends with
 * `N passed, N failed`; the exit code is 0 when none failed, 1 when one did, 2 when there was nothing to check.
 */
import { readFileSync } from 'node:fs';
import { checkVector, parseVectors, type Vector, VectorsError } from '#lib/envelope/vectors.ts';

process.exitCode = run(process.argv.slice(2));

function run(args: readonly string[]): number {
  const [file] = args;
  if (file === undefined || args.length > 1) {
    console.error('Name the file with the vectors: npm run vectors -- FILE');
    return 2;
  }
  let vectors: Vector[];
  try {
    vectors = parseVectors(readFileSync(file, 'utf8'));
  } catch (error) {
    console.error(`${file} cannot be used. ${reasonOf(error)}`);
    return 2;
  }
  let failed = 0;
  for (const [index, vector] of vectors.entries()) {
    const wrong = checkVector(vector);
    if (wrong === undefined) continue;
    failed++;
    console.log(`Vector ${index + 1} failed: ${wrong}.`);
  }
  console.log(`${vectors.length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

function reasonOf(error: unknown): string {
  if (error instanceof VectorsError) return error.message;
  if (!(error instanceof Error) || !('code' in error)) throw error;
  return error.code === 'ENOENT' ? 'There is no such file.' : `It cannot be read (${error.code}).`;
}
