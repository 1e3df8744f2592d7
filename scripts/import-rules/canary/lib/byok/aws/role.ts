export const roleArn = 'arn:aws:iam::111122223333:role/BYOK_Role';
