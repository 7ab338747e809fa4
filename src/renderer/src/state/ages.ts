const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How long ago a moment was, in a few words: `just now`, `12 min`, `3 h`, `2 days`. */
export function ageInWords(at: string, now: number): string {
  const age = Math.max(0, now - Date.parse(at));
  if (age < minute) return 'just now';
  if (age < hour) return `${Math.floor(age / minute)} min`;
  if (age < day) return `${Math.floor(age / hour)} h`;
  const days = Math.floor(age / day);
  return `${days} ${days === 1 ? 'day' : 'days'}`;
}

const startOfDay = (time: number): number => new Date(time).setHours(0, 0, 0, 0);

/** The day of a moment as people say it: `Today`, `Yesterday`, `12 Nov`, with the year when it is another one. */
export function dayInWords(at: string, now: number): string {
  const moment = new Date(at);
  const days = Math.round((startOfDay(now) - startOfDay(moment.getTime())) / day);
  if (days === 0) return 'Today';
  if (days === 1) return 'Yesterday';
  const sameYear = moment.getFullYear() === new Date(now).getFullYear();
  return moment.toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
  });
}

/** The clock time of a moment, `14:02`. */
export const timeInWords = (at: string): string =>
  new Date(at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });

/** Day and clock time inside a sentence: `14:02 today`, `14:02 yesterday`, `12 Nov, 14:02`. */
export function momentInSentence(at: string, now: number): string {
  const day = dayInWords(at, now);
  const time = timeInWords(at);
  return day === 'Today' || day === 'Yesterday' ? `${time} ${day.toLowerCase()}` : `${day}, ${time}`;
}

/** Day and clock time, `Today, 14:02`. */
export const momentInWords = (at: string, now: number): string => `${dayInWords(at, now)}, ${timeInWords(at)}`;
