/**
 * For tests: the password of everybody in them, and a hash of it that costs nothing to check (Argon2id with 8 KiB and one pass:
 * a hash carries its own parameters). What production makes is tested where passwords are changed.
 */
export const password = 'correct horse battery staple';

export const passwordHash =
  '$argon2id$v=19$m=8,t=1,p=1$B5AUHiGC7einUnN/135sFA$cBgZGk100DODyEAw+Bw20IJqYWpsaHZygzInCjJjrTM';
