import { printable } from '#shared/printable.ts'

export interface Page {
  title: string
  /** CSS, beside what every page has. */
  style: string
  /** Whether it shows pictures that lie beside it. */
  hasPictures: boolean
  /** HTML, below the heading. */
  body: string
}

/** A complete HTML page without scripts, in the system's fonts and colors. */
export function htmlPage({ title, style, hasPictures, body }: Page): string {
  const pictures = hasPictures ? "img-src 'self' file:; " : ''
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; ${pictures}style-src 'unsafe-inline'">
<title>${html(title)}</title>
<style>
:root { color-scheme: light dark }
body { font: 1rem/1.5 system-ui, sans-serif; margin: auto; padding: 1rem; overflow-wrap: anywhere }
${style}
</style>
</head>
<body>
<main>
<h1>${html(title)}</h1>
${body}
</main>
</body>
</html>
`
}

/** Text as HTML, without what a terminal or a screen reader would trip over. */
export function html(text: string): string {
  return printable(text).replace(/[&<>"']/gu, (character) => `&#${character.charCodeAt(0)};`)
}
