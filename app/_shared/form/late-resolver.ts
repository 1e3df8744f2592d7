import type { FieldValues, Resolver } from 'react-hook-form';
import type * as z from '#lib/byok/zod-config.ts';

/**
 * Checks a form by a schema that comes, and zod with it, when something is to be checked first. What cannot be checked for want of
 * it is sent: the server checks everything again.
 */
export function lateResolver<Values extends FieldValues, Parsed extends FieldValues = Values>(
  bring: () => z.ZodType | Promise<z.ZodType>,
): Resolver<Values, unknown, Parsed> {
  return async (values, context, options) => {
    const brought = await Promise.all([import('@hookform/resolvers/zod'), bring()]).catch(() => null);
    if (!brought) return { values: values as unknown as Parsed, errors: {} };
    const [{ zodResolver }, schema] = brought;
    const check = zodResolver(schema as z.ZodType<Parsed, Values>) as unknown as Resolver<Values, unknown, Parsed>;
    return check(values, context, options);
  };
}
