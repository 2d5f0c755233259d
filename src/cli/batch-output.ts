import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, extname } from 'node:path'
import { UsageError } from './exit-codes.ts'
import { describedLine } from './outcome.ts'
import { html, htmlPage } from './page.ts'
import { printableValue } from './terminal.ts'
import type { Outcome } from '#app/batch/types.ts'
import { DescryError, failureText } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import { printable, printableLine } from '#shared/printable.ts'

/** One picture in the list. */
export interface ListedPicture {
  /** Relative to the folder, with / on every system. */
  name: string
  outcome: Outcome
}

/** The text of a list. `pictureBase` is the path from the list to the folder, for links. */
export type ListFormat = (pictures: ListedPicture[], about: { language: string; pictureBase: string }) => string

const formats: Record<string, ListFormat> = { '.csv': csv, '.json': json, '.html': page }

/** By the file extension. Errors: UsageError. */
export function listFormat(path: string): ListFormat {
  const format = formats[extname(path).toLowerCase()]
  if (!format) throw new UsageError(t('cli.batch.bad-out'))
  return format
}

/** Writes the whole text, or, after a crash or on a full disk, leaves the old file. Errors: no-permission. */
export async function writeList(path: string, text: string): Promise<void> {
  const temporary = `${path}.${process.pid}.new`
  try {
    await mkdir(dirname(path), { recursive: true })
    try {
      await using file = await open(temporary, 'w')
      await file.writeFile(text)
      await file.sync()
    } catch (error) {
      await rm(temporary, { force: true })
      throw error
    }
    await rename(temporary, path)
  } catch (cause) {
    throw new DescryError('no-permission', {
      message: t('batch.list-unwritable'),
      next: t('batch.list-unwritable.next'),
      cause
    })
  }
}

/** The objects of `describe --json`, in one array. */
function json(pictures: ListedPicture[]): string {
  const objects = pictures.map(({ name, outcome }) =>
    outcome.type === 'described'
      ? { ...describedLine(outcome.description), source: name }
      : { source: name, error: outcome.failure }
  )
  return `[\n${objects.map((object) => JSON.stringify(printableValue(object))).join(',\n')}\n]\n`
}

/** RFC 4180, with the byte order mark that spreadsheets need. */
function csv(pictures: ListedPicture[]): string {
  const rows = pictures.map(({ name, outcome }) => {
    if (outcome.type === 'failed') return [name, '', '', '', failureText(outcome.failure), '', '']
    const { caption, tags, notice, model, costUsd, warnings } = outcome.description
    const problems = warnings.map(failureText).join(' ')
    return [
      name,
      caption,
      tags.join(', '),
      notice ?? '',
      problems,
      model ?? '',
      costUsd === null ? '' : String(costUsd)
    ]
  })
  const head = ['file', 'alt text', 'tags', 'notice', 'problem', 'model', 'cost in US dollars']
  return `\ufeff${[head, ...rows].map((row) => row.map(csvField).join(',')).join('\r\n')}\r\n`
}

/**
 * Captions and file names come from strangers, and a spreadsheet would run text that begins like a formula. The
 * apostrophe makes it text. https://owasp.org/www-community/attacks/CSV_Injection
 */
function csvField(value: string): string {
  const text = printable(value)
  const safe = /^\s*[=+\-@＝＋－＠]/u.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A page with the pictures and their descriptions as text. */
function page(pictures: ListedPicture[], { language, pictureBase }: { language: string; pictureBase: string }): string {
  const failed = pictures.filter(({ outcome }) => outcome.type === 'failed').length
  const summary =
    failed > 0
      ? t('batch.page.count-with-failed', { count: pictures.length, failed })
      : t('batch.page.count', { count: pictures.length })
  return htmlPage({
    title: t('batch.page.title'),
    hasPictures: true,
    style: `body { max-width: 45rem }
ol { list-style: none; padding: 0 }
li { margin-block: 2rem }
img { max-width: 100%; max-height: 20rem }
h2 { font-size: 1.1rem }`,
    body: `<p>${html(summary)}</p>
<ol role="list">
${pictures.map((picture) => listItem(picture, language, pictureBase)).join('\n')}
</ol>`
  })
}

/** The description is next to the picture as text, so the picture's own alt text is empty. */
function listItem({ name, outcome }: ListedPicture, language: string, pictureBase: string): string {
  const address = [...pictureBase.split('/'), ...name.split('/')].filter((part) => part !== '').map(encodeURIComponent)
  const title = `<h2>${html(printableLine(name))}</h2>`
  const picture = `<img src="${html(`${pictureBase.startsWith('/') ? '/' : ''}${address.join('/')}`)}" alt="" loading="lazy">`
  if (outcome.type === 'failed') return `<li>${title}${picture}<p>${html(failureText(outcome.failure))}</p></li>`
  const { caption, notice, warnings } = outcome.description
  const paragraphs = printable(caption)
    .split(/\n+/u)
    .map((paragraph) => `<p lang="${html(language)}" dir="auto">${html(paragraph)}</p>`)
  const paragraph = (words: string): string => `<p>${html(printableLine(words))}</p>`
  const warned = notice === null ? '' : paragraph(t('cli.notice', { notice }))
  const remarks = warnings.map((warning) => paragraph(failureText(warning)))
  return `<li>${title}${warned}${picture}${paragraphs.join('')}${remarks.join('')}</li>`
}
