import type { TiffPage } from './tiff-header.ts'

/** pdf.js takes about a megabyte for each. */
const mostPieces = 1000
/** Samples a pixel by photometric interpretation: grey in two ways, RGB, palette, CMYK, and YCbCr as JPEG unpacks it. */
const samples: Record<number, number> = { 0: 1, 1: 1, 2: 3, 3: 1, 5: 4, 6: 3 }
const jpeg = 7

/**
 * What draws a page: the library, which finds what is damaged; else pdf.js, since PDF packs pixels like TIFF; null when
 * neither can.
 */
export function wayToDraw(page: TiffPage): 'library' | 'pdf' | null {
  const { compression, photometric, bitsPerSample, samplesPerPixel, isTiled, pieceCount } = page
  if (page.isUncommon) return null
  const isForLibrary = [1, 5, 8, 32946].includes(compression) && photometric <= 3 && [1, 8, 16].includes(bitsPerSample)
  if (isForLibrary && !isTiled) return 'library'
  const isForPdf =
    [1, 2, 3, 4, 5, jpeg, 8, 32773, 32946].includes(compression) &&
    samples[photometric] === samplesPerPixel &&
    (photometric !== 6 || compression === jpeg) &&
    [1, 2, 4, 8].includes(bitsPerSample) &&
    pieceCount <= mostPieces
  return isForPdf ? 'pdf' : null
}
