/** Extensions of the files that Descry opens; electron-builder.yml and assets/open-with.nsh name the same for "Open with". */
export const fileTypes = 'png jpg jpeg webp gif avif tif tiff bmp svg heic pdf'.split(' ')
