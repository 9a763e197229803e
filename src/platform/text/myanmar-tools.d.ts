declare module 'myanmar-tools' {
  interface Detector {
    /** From 0 (Unicode) to 1 (Zawgyi); negative infinity where there is no Burmese. */
    getZawgyiProbability(text: string): number
  }
  interface Converter {
    zawgyiToUnicode(text: string): string
  }
  // CommonJS without named exports that Node could see.
  const tools: { readonly ZawgyiDetector: new () => Detector; readonly ZawgyiConverter: new () => Converter }
  export default tools
}
