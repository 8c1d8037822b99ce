// How a browser is called on the page of devices, told from what it says of itself.

const browsers: [RegExp, string][] = [
  [/\bEdg(e|A|iOS)?\//, 'Edge'],
  [/\b(OPR|Opera)\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/(Chrome|Chromium|CriOS)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]

const systems: [RegExp, string][] = [
  [/\bAndroid\b/, 'Android'],
  [/\b(iPhone|iPad)\b/, 'iOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
]

/** Browser and system in names that people know, e.g. `Firefox, Windows`; a dash for neither. */
export function nameDevice(userAgent: string): string {
  const find = (names: [RegExp, string][]) => names.find(([shape]) => shape.test(userAgent))?.[1]
  return [find(browsers), find(systems)].filter(Boolean).join(', ') || '–'
}
