; "Open with Descry" on Windows: Descry is offered for these files and becomes the usual program of none of them.
; electron-builder's own fileAssociations would take each type over. $appExe and SHELL_CONTEXT are electron-builder's.

!define DESCRY_OPEN_WITH "Software\Classes\Applications\${APP_EXECUTABLE_FILENAME}"

!macro descryOpens EXTENSION
  WriteRegStr SHELL_CONTEXT "${DESCRY_OPEN_WITH}\SupportedTypes" ".${EXTENSION}" ""
!macroend

!macro customInstall
  WriteRegStr SHELL_CONTEXT "${DESCRY_OPEN_WITH}" "FriendlyAppName" "${PRODUCT_NAME}"
  WriteRegStr SHELL_CONTEXT "${DESCRY_OPEN_WITH}\shell\open\command" "" '"$appExe" "%1"'
  !insertmacro descryOpens png
  !insertmacro descryOpens jpg
  !insertmacro descryOpens jpeg
  !insertmacro descryOpens webp
  !insertmacro descryOpens gif
  !insertmacro descryOpens avif
  !insertmacro descryOpens tif
  !insertmacro descryOpens tiff
  !insertmacro descryOpens bmp
  !insertmacro descryOpens svg
  !insertmacro descryOpens heic
  !insertmacro descryOpens pdf
  System::Call 'shell32::SHChangeNotify(i, i, i, i) v (0x08000000, 0, 0, 0)'
!macroend

!macro customUnInstall
  DeleteRegKey SHELL_CONTEXT "${DESCRY_OPEN_WITH}"
!macroend
