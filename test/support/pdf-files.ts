/** Generated PDF files for tests. Always the same bytes. */

export interface PdfPage {
  /** In points; default A4. */
  size?: readonly [width: number, height: number]
  /** Degrees, clockwise. */
  rotation?: 0 | 90 | 180 | 270
  /** ASCII, one string per line. */
  lines?: readonly string[]
  /** More operators for its content stream. */
  content?: string
  /** More entries for its dictionary. */
  entries?: string
}

/** @param objects More objects, numbered from 10 000. */
export function pdfFile(pages: readonly PdfPage[], objects: readonly string[] = [], trailer = ''): Uint8Array {
  const bodies = new Map<number, string>()
  const pageNumber = (index: number): number => 10 + 2 * index
  bodies.set(1, `<< /Type /Catalog /Pages 2 0 R >>`)
  bodies.set(
    2,
    `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, index) => `${pageNumber(index)} 0 R`).join(' ')}] >>`
  )
  bodies.set(3, '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>')
  for (const [index, { size = [595, 842], rotation = 0, lines = [], content = '', entries = '' }] of pages.entries()) {
    const text = lines.map(
      (line, row) =>
        `BT /F 24 Tf 60 ${size[1] - 80 - 34 * row} Td (${line.replaceAll(/[()\\]/gu, String.raw`\$&`)}) Tj ET`
    )
    const stream = [...text, content].join('\n')
    bodies.set(
      pageNumber(index),
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${size.join(' ')}] /Rotate ${rotation} ` +
        `/Resources << /Font << /F 3 0 R >> /XObject << /X 10000 0 R >> >> /Contents ${pageNumber(index) + 1} 0 R ${entries} >>`
    )
    bodies.set(pageNumber(index) + 1, `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`)
  }
  for (const [index, body] of objects.entries()) bodies.set(10_000 + index, body)

  let file = '%PDF-1.7\n'
  const places: string[] = []
  for (const [number, body] of bodies) {
    places.push(`${number} 1\n${String(file.length).padStart(10, '0')} 00000 n \n`)
    file += `${number} 0 obj\n${body}\nendobj\n`
  }
  const table = `xref\n0 1\n0000000000 65535 f \n${places.join('')}`
  return Buffer.from(
    `${file}${table}trailer\n<< /Size 20000 /Root 1 0 R ${trailer} >>\nstartxref\n${file.length}\n%%EOF\n`,
    'latin1'
  )
}
