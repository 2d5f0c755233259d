/** Picture files: formats, pages, frames, colors, alt text, and why a file or an address cannot be described. */
export const pictureMessages = {
  'pictures.no-such-part': 'There is no such part.',
  'pictures.no-such-part.next': `{ $count ->
    [one] This file is a single picture.
   *[other] Choose from 1 to { $count }.
  }`,
  'pictures.page-of': 'Page { $number } of { $count }',
  'pictures.frame-of': 'Frame { $number } of { $count }',
  'pictures.part-of': 'Part { $number } of { $count }',

  'pictures.damaged': 'This { $format } file is damaged or incomplete.',
  'pictures.incomplete': 'Part of the picture is missing.',
  'pictures.incomplete.next': 'Copy or download it again to get the rest.',
  'pictures.linked-missing': 'A linked picture is missing.',
  'pictures.linked-missing.next': 'Save the whole picture as PNG to hear about it.',
  'pictures.empty-file': 'The file is empty.',
  'pictures.web-page': 'This is a web page, not a picture.',
  'pictures.web-page.next': 'Save the picture itself.',
  'pictures.text-file': 'This is text, not a picture.',
  'pictures.text-file.next': 'Open it in a text editor.',
  'pictures.too-many-pixels':
    'The picture is too large: { NUMBER($width, useGrouping: 0) } by { NUMBER($height, useGrouping: 0) } pixels.',
  'pictures.too-many-bytes': 'The picture is larger than { $megabytes } megabytes.',
  'pictures.area-outside': 'This area is outside the picture.',
  'pictures.text-not-read': 'The text could not be read.',
  'pictures.language-not-read': 'This looks like { $language }, which cannot be read yet.',
  'pictures.language-not-downloaded': 'The data could not be downloaded from { $host }.',
  'pictures.language-not-downloaded.next': 'Check your connection and try again.',
  'pictures.language-damaged': 'The data for { $language } is not what was expected, so it was not added.',
  'pictures.language-damaged.next': 'Try again later, or add the data with your system.',
  'pictures.language-not-read.next': 'To read it, add its data with: descry languages add { $tag }',
  'pictures.codes-not-read': 'The barcodes could not be read.',

  'pictures.unsupported': `{ $format ->
    [camera-raw] Camera raw files are not supported.
    [windows-metafile] Windows metafiles are not supported.
    [old-office] Files from old versions of Office are not supported.
    [program] Programs are not supported.
    [audio] Audio files are not supported.
    [video] Video files are not supported.
   *[other] { $format } files are not supported.
  }`,
  'pictures.save-as-png': 'Save it as PNG.',
  'pictures.save-as-jpeg': 'Save it as JPEG.',
  'pictures.save-as-pdf': 'Save it as PDF.',
  'pictures.save-page-as-png': 'Save the page as PNG.',
  'pictures.take-screenshot': 'Take a screenshot of it.',
  'pictures.unpack-first': 'Unpack it first.',
  'pictures.choose-a-picture': 'Choose a picture.',

  'pictures.heic-unsupported': 'HEIC files cannot be read on this computer.',
  'pictures.heic-unsupported.next-windows': 'Install HEIF Image Extensions, or save it as JPEG.',
  'pictures.heic-unsupported.next-linux': 'Run { $command }, or save it as JPEG.',
  'pictures.slow': 'This picture took too long to read.',
  'pictures.too-much-memory': 'This picture takes too much memory to draw.',
  'pictures.svg-failed': 'This SVG could not be drawn.',
  'pictures.tiff-compression': `{ $compression ->
    [old-jpeg] TIFF files with old-style JPEG compression are not supported.
   *[other] TIFF files with { $compression } compression are not supported.
  }`,
  'pictures.tiff-pixel-format': 'TIFF files in this pixel format are not supported.',
  'pictures.tiff-slow': 'This TIFF took too long to draw.',
  'pictures.tiff-damaged': 'This TIFF is damaged.',
  'pictures.pdf-password': 'This PDF is password-protected.',
  'pictures.pdf-password.next': 'Save a copy without a password.',
  'pictures.pdf-damaged': 'This PDF is damaged.',
  'pictures.pdf-no-pages': 'This PDF has no pages.',
  'pictures.pdf-slow': 'This PDF took too long to draw.',
  'pictures.pdf-failed': 'This PDF could not be drawn.',

  'pictures.folder': 'This is a folder.',
  'pictures.folder.next': 'Open a picture in it, or use descry batch.',
  'pictures.not-a-file': 'This is a device or a pipe.',
  'pictures.not-a-file.next': 'Open a picture file.',
  'pictures.file-no-permission': 'You do not have permission to read this file.',
  'pictures.file-no-permission.next': 'Check its permissions.',

  'pictures.address-no-picture': 'This address does not lead to a picture.',
  'pictures.address-slow': 'The website took too long to respond.',
  'pictures.address-private': 'This address is on your own network.',
  'pictures.address-not-web': 'Only http and https addresses can be opened.',
  'pictures.address-login': 'This website requires you to sign in.',
  'pictures.address-unreachable': 'The address could not be reached.',
  'pictures.check-address': 'Check the address.',
  'pictures.save-first': 'Save the picture first.',
  'pictures.save-as-file': 'Save the picture as a file.',

  'pictures.alt-text-read-only': 'The file is read-only, so no alt text was written to it.',
  'pictures.alt-text-wrong-extension': 'The file extension does not match the picture, so no alt text was written.',
  'pictures.alt-text-wrong-extension.next': 'Rename the file.',
  'pictures.alt-text-unsupported': 'This type of file cannot hold alt text.',
  'pictures.alt-text-in-list': 'Use the list that --out writes.',
  'pictures.alt-text-failed': 'The alt text could not be written to the picture.',
  'pictures.alt-text-failed.next': 'Check permissions and free disk space.',

  'pictures.color.black': 'black',
  'pictures.color.white': 'white',
  'pictures.color.gray': `{ $shade ->
    [dark] dark gray
    [light] light gray
   *[plain] gray
  }`,
  'pictures.color.brown': 'brown',
  'pictures.color.red': `{ $shade ->
    [dark] dark red
    [light] light red
   *[plain] red
  }`,
  'pictures.color.orange': `{ $shade ->
    [light] light orange
   *[plain] orange
  }`,
  'pictures.color.yellow': `{ $shade ->
    [dark] dark yellow
    [light] light yellow
   *[plain] yellow
  }`,
  'pictures.color.green': `{ $shade ->
    [dark] dark green
    [light] light green
   *[plain] green
  }`,
  'pictures.color.turquoise': `{ $shade ->
    [dark] dark turquoise
    [light] light turquoise
   *[plain] turquoise
  }`,
  'pictures.color.blue': `{ $shade ->
    [dark] dark blue
    [light] light blue
   *[plain] blue
  }`,
  'pictures.color.purple': `{ $shade ->
    [dark] dark purple
    [light] light purple
   *[plain] purple
  }`,
  'pictures.color.pink': `{ $shade ->
    [dark] dark pink
    [light] light pink
   *[plain] pink
  }`
} as const
