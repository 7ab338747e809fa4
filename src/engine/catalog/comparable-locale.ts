/**
 * The locale of an ICU collation as a language tag, the way servers since 16 keep it whatever was written: they say
 * `de-u-co-phonebk` where older ones say `de@collation=phonebook`. https://www.postgresql.org/docs/16/collation.html
 */
export function comparableLocale(locale: string): string {
  const [before = '', keywords = ''] = locale.split('@');
  const [tag = '', extension = ''] = before.replaceAll('_', '-').toLowerCase().split('-u-');
  // Extensions other than `u` are left as they are.
  if (/-[a-z0-9]-/.test(`${tag}-`)) return locale;
  const settings = new Map([...settingsOfTag(extension), ...settingsOfKeywords(keywords)]);
  const [language, ...subtags] = tag === 'c' || tag === 'posix' ? ['en', 'us', 'posix'] : tag.split('-');
  const names = [language === '' || language === 'root' ? 'und' : language];
  for (const subtag of subtags) {
    const setting = variants[subtag];
    if (setting !== undefined) settings.set(...setting);
    else if (subtag !== '') names.push(cased(subtag));
  }
  const said = [...settings]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, value]) => (value === 'true' || value === 'yes' || value === '' ? key : `${key}-${value}`));
  return [names.join('-'), ...(said.length === 0 ? [] : ['u', ...said])].join('-');
}

/** A script is written like a name, a region in upper case. */
function cased(subtag: string): string {
  if (/^[a-z]{4}$/.test(subtag)) return subtag.slice(0, 1).toUpperCase() + subtag.slice(1);
  return /^([a-z]{2}|\d{3})$/.test(subtag) ? subtag.toUpperCase() : subtag;
}

function settingsOfTag(extension: string): readonly (readonly [key: string, value: string])[] {
  const settings: [string, string][] = [];
  for (const part of extension.split('-')) {
    const last = settings.at(-1);
    if (part.length === 2) settings.push([part, '']);
    else if (last !== undefined && part !== '') last[1] = last[1] === '' ? part : `${last[1]}-${part}`;
  }
  return settings;
}

function settingsOfKeywords(keywords: string): readonly (readonly [key: string, value: string])[] {
  return keywords
    .toLowerCase()
    .split(';')
    .filter((pair) => pair.includes('='))
    .map((pair) => {
      const [name = '', value = ''] = pair.split('=').map((side) => side.trim());
      const key = keys[name] ?? name;
      return [key, values[`${key}-${value}`] ?? values[value] ?? value];
    });
}

// How ICU's older keywords are called in language tags. https://unicode.org/reports/tr35/tr35-collation.html#Setting_Options
const keys: Readonly<Record<string, string | undefined>> = {
  calendar: 'ca',
  collation: 'co',
  colalternate: 'ka',
  colbackwards: 'kb',
  colcaselevel: 'kc',
  colcasefirst: 'kf',
  colhiraganaquaternary: 'kh',
  colnormalization: 'kk',
  colnumeric: 'kn',
  colreorder: 'kr',
  colstrength: 'ks',
  kv: 'kv',
  numbers: 'nu',
  currency: 'cu',
  timezone: 'tz',
};

// Variants of a language that are settings of a tag.
const variants: Readonly<Record<string, readonly [key: string, value: string] | undefined>> = {
  posix: ['va', 'posix'],
  phonebook: ['co', 'phonebk'],
  pinyin: ['co', 'pinyin'],
  stroke: ['co', 'stroke'],
  traditional: ['co', 'trad'],
};

const values: Readonly<Record<string, string | undefined>> = {
  'co-phonebook': 'phonebk',
  'co-traditional': 'trad',
  'co-dictionary': 'dict',
  'co-gb2312han': 'gb2312',
  'ka-non-ignorable': 'noignore',
  'ks-primary': 'level1',
  'ks-secondary': 'level2',
  'ks-tertiary': 'level3',
  'ks-quaternary': 'level4',
  'ks-identical': 'identic',
  no: 'false',
};
