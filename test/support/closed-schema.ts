import { z } from 'zod'

/**
 * The places in a schema that allow free text, such as "settings.presets[]". Empty when every field is a number, a boolean, a
 * literal, one of a list of names, or text in one of the `allowed` shapes.
 */
export function freeTextIn(schema: z.ZodType, allowed: readonly z.ZodType[], path = ''): string[] {
  if (allowed.includes(schema)) return []
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape).flatMap(([name, field]) =>
      freeTextIn(field as z.ZodType, allowed, `${path}.${name}`)
    )
  if (schema instanceof z.ZodUnion)
    return schema.options.flatMap((option) => freeTextIn(option as z.ZodType, allowed, path))
  if (schema instanceof z.ZodArray) return freeTextIn(schema.element as z.ZodType, allowed, `${path}[]`)
  if (schema instanceof z.ZodRecord)
    return [
      ...freeTextIn(schema.keyType as z.ZodType, allowed, `${path}{key}`),
      ...freeTextIn(schema.valueType as z.ZodType, allowed, `${path}{}`)
    ]
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional)
    return freeTextIn(schema.unwrap() as z.ZodType, allowed, path)
  const isClosed =
    schema instanceof z.ZodEnum ||
    schema instanceof z.ZodLiteral ||
    schema instanceof z.ZodNumber ||
    schema instanceof z.ZodBoolean ||
    schema instanceof z.ZodISODateTime
  return isClosed ? [] : [path]
}
